/**
 * Everything in one process, for a person to watch. Front door: {@link
 * io.chartflow.local.demo.Demo}, which starts broker, jobs and monitor, feeds a data set and reads
 * every density back; {@link io.chartflow.local.demo.DemoReport} is what it ends with.
 */
@NullMarked
package io.chartflow.local.demo;

import org.jspecify.annotations.NullMarked;
