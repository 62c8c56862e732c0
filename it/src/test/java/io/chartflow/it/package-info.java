/**
 * The whole house from outside: what holds of its sources, of both jobs against a broker, and of
 * the compose file. Front door: {@link io.chartflow.it.Repository} for the rules over sources; the
 * packages below hold the tests.
 */
@NullMarked
package io.chartflow.it;

import org.jspecify.annotations.NullMarked;
