/**
 * Charts of dimension two on the sphere, against the exact density. Front door: {@link
 * io.chartflow.bench.surface.SurfacePlan}.
 */
@NullMarked
package io.chartflow.bench.surface;

import org.jspecify.annotations.NullMarked;
