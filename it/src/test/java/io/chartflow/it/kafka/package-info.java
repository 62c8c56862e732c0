/**
 * The Kafka that scenarios run against. Front door: {@link io.chartflow.it.kafka.KafkaUnderTest},
 * in this process or in a container.
 */
@NullMarked
package io.chartflow.it.kafka;

import org.jspecify.annotations.NullMarked;
