/**
 * Events: bytes in, vectors or dead letters out. Front door: {@link
 * io.chartflow.connect.event.EventDecoder}, which never throws on what a topic carries.
 */
@NullMarked
package io.chartflow.connect.event;

import org.jspecify.annotations.NullMarked;
