/**
 * Chartflow in one process. Front doors: the command line {@code io.chartflow.local.cli.Chartflow},
 * and {@code io.chartflow.local.demo.Demo} behind its first command.
 */
@NullMarked
package io.chartflow.local;

import org.jspecify.annotations.NullMarked;
