/**
 * Writes a data set to the events topic. Front door: {@link io.chartflow.local.produce.EventFeed}.
 */
@NullMarked
package io.chartflow.local.produce;

import org.jspecify.annotations.NullMarked;
