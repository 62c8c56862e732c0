/**
 * What runs found, summed up over seeds, as JSON, and tables and pictures made from it. Front door:
 * {@link io.chartflow.bench.report.Report}.
 */
@NullMarked
package io.chartflow.bench.report;

import org.jspecify.annotations.NullMarked;
