/**
 * Avro's binary encoding, as far as events need it: numbers read out of records, and records
 * written to try it. Front door: {@link io.chartflow.connect.avro.AvroSchema}. The one place that
 * knows Avro's own library.
 */
@NullMarked
package io.chartflow.connect.avro;

import org.jspecify.annotations.NullMarked;
