/**
 * What has to hold of the whole, told once and run against every Kafka. Front door: {@link
 * io.chartflow.it.scenario.Scenarios}; its subclasses only say which Kafka.
 */
@NullMarked
package io.chartflow.it.scenario;

import org.jspecify.annotations.NullMarked;
