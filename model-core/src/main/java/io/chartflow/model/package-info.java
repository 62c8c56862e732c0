/**
 * The model: an atlas of overlapping charts with one chart-conditioned normalizing flow. Front
 * door: {@link io.chartflow.model.engine.AtlasEngine}.
 */
@NullMarked
package io.chartflow.model;

import org.jspecify.annotations.NullMarked;
