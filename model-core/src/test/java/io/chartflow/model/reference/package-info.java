/**
 * The formulas of the model a second time: plain loops in double precision, no tables, no tiles, no
 * gradients. They read the same flat weights as the engine. Front door: {@link
 * io.chartflow.model.reference.DoubleFlow}.
 */
@NullMarked
package io.chartflow.model.reference;

import org.jspecify.annotations.NullMarked;
