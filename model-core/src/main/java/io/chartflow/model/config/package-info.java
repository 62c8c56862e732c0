/**
 * What a model is made of, as validated records. Front door: {@link
 * io.chartflow.model.config.AtlasConfig}. Every default stands here and nowhere else; a record
 * refuses what breaks its rules with a {@link io.chartflow.model.config.ConfigException} that names
 * all of them.
 */
@NullMarked
package io.chartflow.model.config;

import org.jspecify.annotations.NullMarked;
