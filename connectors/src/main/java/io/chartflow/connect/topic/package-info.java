/**
 * Kafka without Flink: the message that every sink writes, the clients' settings, the topics and
 * how they must be made, dead letters as messages. Front door: {@link
 * io.chartflow.connect.topic.Topics#ensure}.
 */
@NullMarked
package io.chartflow.connect.topic;

import org.jspecify.annotations.NullMarked;
