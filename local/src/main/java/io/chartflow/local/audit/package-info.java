/**
 * Reads the output topics back and holds them against what went in: every event exactly once. Front
 * door: {@link io.chartflow.local.audit.ReadBack}; {@link io.chartflow.local.audit.OffsetLedger}
 * does the counting.
 */
@NullMarked
package io.chartflow.local.audit;

import org.jspecify.annotations.NullMarked;
