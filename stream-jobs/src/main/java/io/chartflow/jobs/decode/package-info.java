/**
 * The first step of both jobs: bytes to events. Front door: {@link
 * io.chartflow.jobs.decode.DecodeFunction}. The score job sends what does not decode to the dead
 * letters; the train job reads the same records and only counts them.
 */
@NullMarked
package io.chartflow.jobs.decode;

import org.jspecify.annotations.NullMarked;
