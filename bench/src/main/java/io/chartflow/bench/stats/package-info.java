/**
 * Numbers about numbers: intervals over seeds, a kernel density estimate, a distance between
 * distributions. Front door: {@link io.chartflow.bench.stats.Summary}.
 */
@NullMarked
package io.chartflow.bench.stats;

import org.jspecify.annotations.NullMarked;
