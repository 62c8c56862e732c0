package io.chartflow.bench.paper;

import io.chartflow.bench.experiment.Label;
import io.chartflow.bench.experiment.Run;
import io.chartflow.bench.experiment.RunSpec;
import io.chartflow.local.fit.ConfigOverrides;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.EncoderKind;
import io.chartflow.model.config.QuantizerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Figure 5 of the paper: RealNVP on the helix, its way, over numbers of charts; and with k-means in
 * the space of the events in place of the auto-encoder.
 *
 * @param counts numbers of charts
 * @param epochs at most
 * @param settings of the model by their dotted names, beside the defaults
 * @param seeds how many, from 0
 */
public record AblationPlan(
    List<Integer> counts, int epochs, Map<String, String> settings, int seeds) {

  static final String PARTITION = "partition";
  static final String AUTO_ENCODER = "vq-ae";
  static final String K_MEANS = "k-means";

  /** Copies the counts. */
  public AblationPlan {
    counts = List.copyOf(counts);
    settings = Map.copyOf(settings);
  }

  /** The runs, the first seed of everything first. */
  public List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      for (int count : counts) {
        runs.add(run(AUTO_ENCODER, count, seed));
        runs.add(run(K_MEANS, count, seed));
      }
    }
    return runs;
  }

  private Run run(String partition, int count, int seed) {
    Way way = PaperPlan.epochs(epochs);
    AtlasConfig base = way.config(PaperSet.HELIX.dataSet().dimension());
    ChartsConfig cover = base.charts();
    AtlasConfig usual =
        FlowModel.REALNVP
            .applyTo(base)
            .withCharts(
                new ChartsConfig(count, Math.min(count, cover.m()), cover.epsilon(), cover.prior()))
            .withQuantizer(quantizer(base, partition))
            .withSeed(seed);
    AtlasConfig config = ConfigOverrides.apply(usual, settings);
    List<Label> labels =
        List.of(
            new Label(PARTITION, partition),
            new Label(PaperPlan.CHARTS, Integer.toString(count)),
            new Label(PaperPlan.SIZE, way.size()),
            new Label(Label.SEED, Integer.toString(seed)));
    return new Run(
        new RunSpec("ablation", labels, config, false),
        engine -> way.run(engine, config, PaperSet.HELIX.dataSet(), seed));
  }

  private static QuantizerConfig quantizer(AtlasConfig base, String partition) {
    QuantizerConfig usual = base.quantizer();
    return partition.equals(AUTO_ENCODER)
        ? usual
        : new QuantizerConfig(
            base.dimension(),
            usual.width(),
            usual.commitmentCost(),
            usual.decay(),
            EncoderKind.IDENTITY,
            usual.update());
  }
}
