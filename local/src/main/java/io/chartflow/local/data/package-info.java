/**
 * Events to learn from. Front door: {@link io.chartflow.local.data.DataSets}: the curves of the
 * literature with their exact densities, blobs on a sphere, a shape that drifts, real flights, and
 * files of the user's own. A {@link io.chartflow.local.data.DataSet} opens an {@link
 * io.chartflow.local.data.EventSource}, which never ends.
 */
@NullMarked
package io.chartflow.local.data;

import org.jspecify.annotations.NullMarked;
