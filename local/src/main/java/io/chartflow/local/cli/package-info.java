/**
 * The command line {@code chartflow}. Front door: {@link io.chartflow.local.cli.Chartflow}; each
 * subcommand is a class of its own and holds no logic that a test could want without it.
 */
@NullMarked
package io.chartflow.local.cli;

import org.jspecify.annotations.NullMarked;
