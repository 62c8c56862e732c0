/**
 * The configuration file {@code chartflow.yaml} as validated records. Front door: {@link
 * io.chartflow.connect.config.ConfigReader}, which reports every mistake of a file at once; what it
 * reads is a {@link io.chartflow.connect.config.ChartflowConfig}. Every default stands in these
 * records (or in the model's) and nowhere else, and every key is the name of a record component.
 */
@NullMarked
package io.chartflow.connect.config;

import org.jspecify.annotations.NullMarked;
