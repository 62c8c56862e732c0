/**
 * Real flights: charts against one global flow, a spline flow and a kernel density estimate. Front
 * door: {@link io.chartflow.bench.flights.FlightsPlan}.
 */
@NullMarked
package io.chartflow.bench.flights;

import org.jspecify.annotations.NullMarked;
