/**
 * The experiments of Sidheekh et al., UAI 2022: seven shapes, four kinds of flow, with charts and
 * without, their way and as a stream. Front door: {@link io.chartflow.bench.paper.PaperPlan}.
 */
@NullMarked
package io.chartflow.bench.paper;

import org.jspecify.annotations.NullMarked;
