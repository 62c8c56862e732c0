/**
 * The atlas topic: versions of the model as a manifest and chunks. Front doors: {@link
 * io.chartflow.connect.atlas.AtlasChunks} takes a version apart, {@link
 * io.chartflow.connect.atlas.AtlasAssembler} puts it together, {@link
 * io.chartflow.connect.atlas.AtlasTopicReader} reads the newest one with a plain consumer, {@link
 * io.chartflow.connect.atlas.AtlasFeed} brings them all.
 */
@NullMarked
package io.chartflow.connect.atlas;

import org.jspecify.annotations.NullMarked;
