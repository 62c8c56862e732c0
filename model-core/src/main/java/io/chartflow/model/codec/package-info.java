/**
 * Atlas and trainer state to bytes and back, versioned, with a checksum. Front doors: {@link
 * io.chartflow.model.codec.AtlasCodec} and {@link io.chartflow.model.codec.TrainerStateCodec}.
 */
@NullMarked
package io.chartflow.model.codec;

import org.jspecify.annotations.NullMarked;
