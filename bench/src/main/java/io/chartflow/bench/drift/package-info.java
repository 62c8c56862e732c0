/**
 * Worlds that change: abruptly, slowly, or by clutter that should not teach. Front doors: {@link
 * io.chartflow.bench.drift.DriftPlan} and {@link io.chartflow.bench.drift.ContaminationPlan}.
 */
@NullMarked
package io.chartflow.bench.drift;

import org.jspecify.annotations.NullMarked;
