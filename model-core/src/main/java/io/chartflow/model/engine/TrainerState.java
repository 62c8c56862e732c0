package io.chartflow.model.engine;

import io.chartflow.model.config.AtlasConfig;

/** Everything a learner is made of. */
public record TrainerState(AtlasConfig config) {}
