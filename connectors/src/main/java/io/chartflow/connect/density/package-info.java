/**
 * Density records and their JSON. Front door: {@link io.chartflow.connect.density.DensityRecord};
 * {@link io.chartflow.connect.density.DensityJson} reads and writes it, {@link
 * io.chartflow.connect.density.DensityWriter} writes many of them; by {@link
 * io.chartflow.connect.density.DensityLine} the score job writes the same JSON without records.
 */
@NullMarked
package io.chartflow.connect.density;

import org.jspecify.annotations.NullMarked;
