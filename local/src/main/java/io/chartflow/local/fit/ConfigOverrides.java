package io.chartflow.local.fit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Settings of the model by their dotted names, on top of a configuration. */
public final class ConfigOverrides {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .build();

  private ConfigOverrides() {}

  /**
   * The configuration with other values, for instance {@code training.learningRate=0.002}.
   *
   * @throws ConfigException naming every setting that does not exist or breaks its rule
   */
  public static AtlasConfig apply(AtlasConfig config, Map<String, String> settings) {
    ObjectNode tree = MAPPER.valueToTree(config);
    List<String> problems = new ArrayList<>();
    settings.forEach((name, value) -> set(tree, name, value, problems));
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    try {
      return MAPPER.treeToValue(tree, AtlasConfig.class);
    } catch (JsonProcessingException e) {
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof ConfigException broken) {
          throw broken;
        }
      }
      throw new ConfigException(List.of("settings " + settings + ": " + e.getOriginalMessage()));
    }
  }

  private static void set(ObjectNode tree, String name, String value, List<String> problems) {
    int dot = name.lastIndexOf('.');
    JsonNode parent = dot < 0 ? tree : tree.at("/" + name.substring(0, dot).replace('.', '/'));
    String key = name.substring(dot + 1);
    if (!(parent instanceof ObjectNode section) || !section.path(key).isValueNode()) {
      problems.add("setting " + name + " does not exist; the model has " + tree);
      return;
    }
    if (section.path(key).isTextual()) {
      section.put(key, value);
      return;
    }
    try {
      JsonNode parsed = MAPPER.readTree(value);
      if (!parsed.isNumber()) {
        problems.add(name + " must be a number, got " + value);
      }
      section.set(key, parsed);
    } catch (JsonProcessingException e) {
      problems.add(name + " must be a number, got " + value);
    }
  }
}
