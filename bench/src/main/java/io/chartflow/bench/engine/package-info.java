/**
 * How fast models are learned and scored, beside peers that do the same work. Every contender is a
 * process of its own that begins with one learned model, makes the same steps and prints what it
 * measured. Front door: {@link io.chartflow.bench.engine.Race}.
 */
@NullMarked
package io.chartflow.bench.engine;

import org.jspecify.annotations.NullMarked;
