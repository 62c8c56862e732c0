package io.chartflow.model.atlas;

import io.chartflow.model.config.AtlasConfig;

/** One immutable version of the model. */
public record Atlas(AtlasManifest manifest, AtlasConfig config) {}
