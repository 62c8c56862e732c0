package io.chartflow.bench.experiment;

import io.chartflow.model.config.AtlasConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run is: two runs of one specification find the same.
 *
 * @param experiment name of the experiment
 * @param labels what tells it from the others, in the order of their names' weight
 * @param config of the model
 * @param keepsAtlas whether the atlas is kept beside the record, for pictures
 */
public record RunSpec(
    String experiment, List<Label> labels, AtlasConfig config, boolean keepsAtlas) {

  /** Copies the labels. */
  public RunSpec {
    labels = List.copyOf(labels);
  }

  /**
   * The name of its record, without the ending: experiment, labels and the hash of every setting of
   * the model.
   */
  public String name() {
    return labels.stream()
            .map(label -> label.value().isEmpty() ? "" : label.name() + "=" + label.value())
            .collect(Collectors.joining("_", experiment + "/", ""))
        + "_"
        + config.hash();
  }

  /** The labels by name, in their order. */
  public Map<String, String> labelsByName() {
    Map<String, String> map = new LinkedHashMap<>();
    labels.forEach(label -> map.put(label.name(), label.value()));
    return map;
  }

  /** The number behind the label {@code seed}. */
  public long seed() {
    return Long.parseLong(labelsByName().getOrDefault(Label.SEED, "0"));
  }
}
