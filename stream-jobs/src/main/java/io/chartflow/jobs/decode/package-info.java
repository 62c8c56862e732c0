/**
 * From bytes to events, and what becomes of those that are none. Front doors: {@link
 * io.chartflow.jobs.decode.DecodeFunction} is the train job's step before it learns; {@link
 * io.chartflow.jobs.decode.Rejections} counts bad records in both jobs.
 */
@NullMarked
package io.chartflow.jobs.decode;

import org.jspecify.annotations.NullMarked;
