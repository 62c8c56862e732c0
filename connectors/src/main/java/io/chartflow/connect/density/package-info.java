/**
 * Density records and their JSON. Front door: {@link io.chartflow.connect.density.DensityRecord};
 * {@link io.chartflow.connect.density.DensityJson} reads and writes it, {@link
 * io.chartflow.connect.density.DensityWriter} many of them.
 */
@NullMarked
package io.chartflow.connect.density;

import org.jspecify.annotations.NullMarked;
