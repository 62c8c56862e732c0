package io.chartflow.jobs.train;

/**
 * A version that lies in the atlas topic and will have to be retired.
 *
 * @param version its number
 * @param chunks how many chunks it was cut into
 */
record PublishedVersion(long version, int chunks) {}
