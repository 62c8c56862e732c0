/**
 * The one place of this module that knows Flink: sources and sinks of Kafka and the types that pass
 * between operators. Front door: {@link io.chartflow.connect.flink.KafkaIo}; the types are {@link
 * io.chartflow.connect.flink.ChartflowTypes}.
 */
@NullMarked
package io.chartflow.connect.flink;

import org.jspecify.annotations.NullMarked;
