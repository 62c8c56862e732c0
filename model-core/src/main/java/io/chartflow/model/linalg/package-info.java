/**
 * Row-major float matrices and the loops that everything else is made of. Front door: {@link
 * io.chartflow.model.linalg.Kernels}.
 */
@NullMarked
package io.chartflow.model.linalg;

import org.jspecify.annotations.NullMarked;
