/**
 * The compose file at the root, brought up and shaken. Front door: {@link
 * io.chartflow.it.compose.ComposeIT}.
 */
@NullMarked
package io.chartflow.it.compose;

import org.jspecify.annotations.NullMarked;
