/**
 * The topics against a real broker, without a job: how they are made and checked, and the newest
 * atlas read by a plain consumer. Front doors: {@link io.chartflow.it.topics.TopicsIT} and {@link
 * io.chartflow.it.topics.AtlasTopicIT}.
 */
@NullMarked
package io.chartflow.it.topics;

import org.jspecify.annotations.NullMarked;
