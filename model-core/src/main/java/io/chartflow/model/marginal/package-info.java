/**
 * From the units of the input to those of the model: a monotone transform of each feature, then a
 * standardiser, both fitted to a sample of the first events. Front door: {@link
 * io.chartflow.model.marginal.FeatureMap}.
 */
@NullMarked
package io.chartflow.model.marginal;

import org.jspecify.annotations.NullMarked;
