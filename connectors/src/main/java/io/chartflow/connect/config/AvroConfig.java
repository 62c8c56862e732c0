package io.chartflow.connect.config;

import io.chartflow.connect.avro.AvroSchema;
import io.chartflow.model.config.Problems;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How Avro events were written.
 *
 * @param schema the writer's schema, the text of the file that {@code chartflow.yaml} names, so
 *     that it travels with a job
 * @param schemaId the schema's id in the registry: each value then has to begin with Confluent's
 *     header, a byte 0 and this id; null for bare records
 */
public record AvroConfig(String schema, @Nullable Integer schemaId) implements Serializable {

  /**
   * @throws io.chartflow.model.config.ConfigException naming every broken rule
   */
  public AvroConfig {
    Problems problems = new Problems("schema.avro");
    try {
      AvroSchema.parse(schema);
    } catch (IllegalArgumentException e) {
      problems.require(
          false,
          "schema",
          "a file with the Avro schema of a record",
          Shown.cut(String.valueOf(e.getMessage())));
    }
    problems.require(schemaId == null || schemaId >= 0, "schemaId", "at least 0", "" + schemaId);
    problems.throwIfAny();
  }
}
