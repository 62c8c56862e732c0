/**
 * The engines' contract and the JVM engine. Front door: {@link
 * io.chartflow.model.engine.AtlasEngine}: a trainer learns and publishes immutable {@link
 * io.chartflow.model.atlas.Atlas} versions, a scorer reads one version.
 */
@NullMarked
package io.chartflow.model.engine;

import org.jspecify.annotations.NullMarked;
