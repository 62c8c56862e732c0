/**
 * A real Kafka broker inside this process. Front door: {@link
 * io.chartflow.local.broker.EmbeddedKafka}, which is started, tells its bootstrap servers and
 * leaves nothing behind when closed.
 */
@NullMarked
package io.chartflow.local.broker;

import org.jspecify.annotations.NullMarked;
