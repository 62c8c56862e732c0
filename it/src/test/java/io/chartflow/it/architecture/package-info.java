/**
 * The rules of the house as tests: which room may use which, what stays out of the model, how tests
 * are written, and that the documents name classes that exist. Front door: {@link
 * io.chartflow.it.architecture.RoomsTest}.
 */
@NullMarked
package io.chartflow.it.architecture;

import org.jspecify.annotations.NullMarked;
