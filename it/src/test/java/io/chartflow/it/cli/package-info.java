/**
 * The command line as a person uses it. Front door: {@link io.chartflow.it.cli.ConfigMistakesTest}.
 */
@NullMarked
package io.chartflow.it.cli;

import org.jspecify.annotations.NullMarked;
