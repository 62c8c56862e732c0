/**
 * What a sample of records says about its fields: resolution, tails, gaps. Front door: {@link
 * io.chartflow.local.suggest.Suggestion}.
 */
@NullMarked
package io.chartflow.local.suggest;

import org.jspecify.annotations.NullMarked;
