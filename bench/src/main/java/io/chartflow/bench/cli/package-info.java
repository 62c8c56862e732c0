/**
 * The command {@code chartflow experiment}. Front door: {@link io.chartflow.bench.cli.Experiments}.
 */
@NullMarked
package io.chartflow.bench.cli;

import org.jspecify.annotations.NullMarked;
