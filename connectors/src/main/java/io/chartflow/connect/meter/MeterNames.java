package io.chartflow.connect.meter;

import static io.chartflow.connect.meter.Meter.Kind.COUNTER;
import static io.chartflow.connect.meter.Meter.Kind.GAUGE;
import static io.chartflow.connect.meter.Meter.Kind.SUMMARY;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every meter of the house and every tag. Nobody else writes a meter's name: jobs register these
 * with Flink's metric groups, the monitor with Micrometer, dashboards and documents are checked
 * against {@link #ALL}.
 */
public final class MeterNames {

  /** Tag: name of a {@link io.chartflow.connect.event.RejectReason}. */
  public static final String TAG_REASON = "reason";

  /** Tag: name of a {@link io.chartflow.connect.density.DensityStatus}. */
  public static final String TAG_STATUS = "status";

  /** Tag: {@code 0.01}, {@code 0.5} and so on. */
  public static final String TAG_QUANTILE = "quantile";

  /** Tag: a level of p-values: {@code 0.001}, {@code 0.01} and so on. */
  public static final String TAG_LEVEL = "level";

  /** Tag: number of a chart, from 0. */
  public static final String TAG_CHART = "chart";

  /** Events whose batch is done, those that taught nothing included. */
  public static final Meter TRAINER_EVENTS =
      new Meter(
          "chartflow.trainer.events",
          COUNTER,
          "events",
          "events whose batch is done, those that taught nothing included",
          List.of());

  /** Events that did not decode, by reason; the trainer writes no dead letter, the scorer does. */
  public static final Meter TRAINER_DEAD_LETTERS =
      new Meter(
          "chartflow.trainer.dead.letters",
          COUNTER,
          "events",
          "events that did not decode, by reason; the trainer writes no dead letter, the scorer does",
          List.of(TAG_REASON));

  /** Steps that changed the model. */
  public static final Meter TRAINER_STEPS =
      new Meter(
          "chartflow.trainer.steps", COUNTER, "steps", "steps that changed the model", List.of());

  /** Steps refused: loss or gradient not finite, or too few events near the others. */
  public static final Meter TRAINER_REFUSED_STEPS =
      new Meter(
          "chartflow.trainer.refused.steps",
          COUNTER,
          "steps",
          "steps refused: loss or gradient not finite, or too few events near the others",
          List.of());

  /** Events that the guard against contamination kept from teaching. */
  public static final Meter TRAINER_GUARDED =
      new Meter(
          "chartflow.trainer.guarded.events",
          COUNTER,
          "events",
          "events that the guard against contamination kept from teaching",
          List.of());

  /** Events that lack a field, which teach nothing. */
  public static final Meter TRAINER_INCOMPLETE =
      new Meter(
          "chartflow.trainer.incomplete.events",
          COUNTER,
          "events",
          "events that lack a field, which teach nothing",
          List.of());

  /** Events too far from the others to teach. */
  public static final Meter TRAINER_FAR =
      new Meter(
          "chartflow.trainer.far.events",
          COUNTER,
          "events",
          "events too far from the others to teach",
          List.of());

  /**
   * Times that the world was found to have changed, and learning began again at its first rates.
   */
  public static final Meter TRAINER_OPENINGS =
      new Meter(
          "chartflow.trainer.openings",
          COUNTER,
          "openings",
          "times that the world was found to have changed, and learning began again at its first rates",
          List.of());

  /** Mean log-density of the last batch, scored before it was learned from. */
  public static final Meter TRAINER_LOG_LIKELIHOOD =
      new Meter(
          "chartflow.trainer.prequential.log.likelihood",
          GAUGE,
          "nats",
          "mean log-density of the last batch, scored before it was learned from",
          List.of());

  /** Mean squared error of the auto-encoder on the last batch. */
  public static final Meter TRAINER_RECONSTRUCTION =
      new Meter(
          "chartflow.trainer.reconstruction",
          GAUGE,
          "squared standard deviations",
          "mean squared error of the auto-encoder on the last batch",
          List.of());

  /** Codes that are alive. */
  public static final Meter TRAINER_USED_CHARTS =
      new Meter(
          "chartflow.trainer.used.charts", GAUGE, "charts", "codes that are alive", List.of());

  /** Codes that were brought back. */
  public static final Meter TRAINER_REVIVED_CODES =
      new Meter(
          "chartflow.trainer.revived.codes",
          COUNTER,
          "codes",
          "codes that were brought back",
          List.of());

  /** Newest version that was handed to the sink. */
  public static final Meter TRAINER_ATLAS_VERSION =
      new Meter(
          "chartflow.trainer.atlas.version",
          GAUGE,
          "version",
          "newest version that was handed to the sink",
          List.of());

  /** Bytes of published versions, before chunking. */
  public static final Meter TRAINER_PUBLISH_BYTES =
      new Meter(
          "chartflow.trainer.publish.bytes",
          COUNTER,
          "bytes",
          "bytes of published versions, before chunking",
          List.of());

  /** Events that came out, by status. */
  public static final Meter SCORER_EVENTS =
      new Meter(
          "chartflow.scorer.events",
          COUNTER,
          "events",
          "events that came out, by status",
          List.of(TAG_STATUS));

  /** Events that came out with a p-value. */
  public static final Meter SCORER_P_VALUES =
      new Meter(
          "chartflow.scorer.p.values",
          COUNTER,
          "events",
          "events that came out with a p-value",
          List.of());

  /** Events with a p-value of at most scoring.alarmRate. */
  public static final Meter SCORER_ANOMALIES =
      new Meter(
          "chartflow.scorer.anomalies",
          COUNTER,
          "events",
          "events with a p-value of at most scoring.alarmRate",
          List.of());

  /** Events with a p-value below adaptation.guard. */
  public static final Meter SCORER_GUARDED =
      new Meter(
          "chartflow.scorer.guarded.events",
          COUNTER,
          "events",
          "events with a p-value below adaptation.guard",
          List.of());

  /** Events with a missing field that the mean of a chart stood in for. */
  public static final Meter SCORER_IMPUTED =
      new Meter(
          "chartflow.scorer.imputed.events",
          COUNTER,
          "events",
          "events with a missing field that the mean of a chart stood in for",
          List.of());

  /** Events with a missing field that the density leaves out. */
  public static final Meter SCORER_MARGINALISED =
      new Meter(
          "chartflow.scorer.marginalised.events",
          COUNTER,
          "events",
          "events with a missing field that the density leaves out",
          List.of());

  /** Micro-batches that were scored. */
  public static final Meter SCORER_BATCHES =
      new Meter(
          "chartflow.scorer.batches",
          COUNTER,
          "batches",
          "micro-batches that were scored",
          List.of());

  /** Events of a micro-batch. */
  public static final Meter SCORER_BATCH_SIZE =
      new Meter(
          "chartflow.scorer.batch.size", SUMMARY, "events", "events of a micro-batch", List.of());

  /** Version that scores; 0 before the first. */
  public static final Meter SCORER_ATLAS_VERSION =
      new Meter(
          "chartflow.scorer.atlas.version",
          GAUGE,
          "version",
          "version that scores; 0 before the first",
          List.of());

  /** Events scored since the version in use came. */
  public static final Meter SCORER_ATLAS_AGE =
      new Meter(
          "chartflow.scorer.atlas.age.events",
          GAUGE,
          "events",
          "events scored since the version in use came",
          List.of());

  /** Atlas records and versions that were of no use. */
  public static final Meter SCORER_IGNORED_ATLASES =
      new Meter(
          "chartflow.scorer.ignored.atlases",
          COUNTER,
          "records",
          "atlas records and versions that were of no use",
          List.of());

  /** Events sent to the dead letters, by reason. */
  public static final Meter SCORER_DEAD_LETTERS =
      new Meter(
          "chartflow.scorer.dead.letters",
          COUNTER,
          "events",
          "events sent to the dead letters, by reason",
          List.of(TAG_REASON));

  /** Wait of a micro-batch's oldest event until it was scored. */
  public static final Meter SCORER_DELAY =
      new Meter(
          "chartflow.scorer.delay",
          SUMMARY,
          "milliseconds",
          "wait of a micro-batch's oldest event until it was scored",
          List.of());

  /** Density records read, by status. */
  public static final Meter MONITOR_DENSITIES =
      new Meter(
          "chartflow.monitor.densities",
          COUNTER,
          "records",
          "density records read, by status",
          List.of(TAG_STATUS));

  /** Records of the density topic that are no density records. */
  public static final Meter MONITOR_UNREADABLE =
      new Meter(
          "chartflow.monitor.unreadable",
          COUNTER,
          "records",
          "records of the density topic that are no density records",
          List.of());

  /** Density records that came after their window had closed, and are in no statistics. */
  public static final Meter MONITOR_LATE =
      new Meter(
          "chartflow.monitor.late",
          COUNTER,
          "records",
          "density records that came after their window had closed, and are in no statistics",
          List.of());

  /** Windows that were closed. */
  public static final Meter MONITOR_WINDOWS =
      new Meter(
          "chartflow.monitor.windows", COUNTER, "windows", "windows that were closed", List.of());

  /** Scored records of the window. */
  public static final Meter MONITOR_WINDOW_COUNT =
      new Meter(
          "chartflow.monitor.window.count",
          GAUGE,
          "records",
          "scored records of the window",
          List.of());

  /** Mean log-density of the window. */
  public static final Meter MONITOR_LOG_DENSITY_MEAN =
      new Meter(
          "chartflow.monitor.log.density.mean",
          GAUGE,
          "nats",
          "mean log-density of the window",
          List.of());

  /** Quantile of the window's log-densities. */
  public static final Meter MONITOR_LOG_DENSITY_QUANTILE =
      new Meter(
          "chartflow.monitor.log.density.quantile",
          GAUGE,
          "nats",
          "quantile of the window's log-densities",
          List.of(TAG_QUANTILE));

  /** Share of the window's p-values that are below a level; absent without p-values. */
  public static final Meter MONITOR_P_VALUE_SHARE =
      new Meter(
          "chartflow.monitor.p.value.share",
          GAUGE,
          "share",
          "share of the window's p-values that are below a level; absent without p-values",
          List.of(TAG_LEVEL));

  /** Share of the window's p-values that are at most scoring.alarmRate; absent without p-values. */
  public static final Meter MONITOR_ANOMALY_SHARE =
      new Meter(
          "chartflow.monitor.anomaly.share",
          GAUGE,
          "share",
          "share of the window's p-values that are at most scoring.alarmRate; absent without p-values",
          List.of());

  /** Records told as anomalies, of closed windows. */
  public static final Meter MONITOR_ANOMALIES =
      new Meter(
          "chartflow.monitor.anomalies",
          COUNTER,
          "records",
          "records told as anomalies, of closed windows",
          List.of());

  /** Records whose p-value is below adaptation.guard, of closed windows. */
  public static final Meter MONITOR_GUARDED =
      new Meter(
          "chartflow.monitor.guarded.events",
          COUNTER,
          "records",
          "records whose p-value is below adaptation.guard, of closed windows",
          List.of());

  /** Records of events that lacked a field, of closed windows. */
  public static final Meter MONITOR_INCOMPLETE =
      new Meter(
          "chartflow.monitor.incomplete.events",
          COUNTER,
          "records",
          "records of events that lacked a field, of closed windows",
          List.of());

  /** Posterior mass of a chart over the window. */
  public static final Meter MONITOR_CHART_MASS =
      new Meter(
          "chartflow.monitor.chart.mass",
          GAUGE,
          "share",
          "posterior mass of a chart over the window",
          List.of(TAG_CHART));

  /** Newest version that scored in the window. */
  public static final Meter MONITOR_ATLAS_VERSION =
      new Meter(
          "chartflow.monitor.atlas.version",
          GAUGE,
          "version",
          "newest version that scored in the window",
          List.of());

  /** Latest event time of the window less the latest that its version had learned from. */
  public static final Meter MONITOR_ATLAS_AGE =
      new Meter(
          "chartflow.monitor.atlas.age.seconds",
          GAUGE,
          "seconds",
          "latest event time of the window less the latest that its version had learned from",
          List.of());

  /** Events that the newest version has scored without having seen them before. */
  public static final Meter MONITOR_ATLAS_AGE_EVENTS =
      new Meter(
          "chartflow.monitor.atlas.age.events",
          GAUGE,
          "events",
          "events that the newest version has scored without having seen them before",
          List.of());

  /** Share of the window's records that their version had already seen. */
  public static final Meter MONITOR_IN_SAMPLE_SHARE =
      new Meter(
          "chartflow.monitor.in.sample.share",
          GAUGE,
          "share",
          "share of the window's records that their version had already seen",
          List.of());

  /** Meters of the trainer. */
  public static final List<Meter> TRAINER =
      List.of(
          TRAINER_EVENTS,
          TRAINER_DEAD_LETTERS,
          TRAINER_STEPS,
          TRAINER_REFUSED_STEPS,
          TRAINER_GUARDED,
          TRAINER_INCOMPLETE,
          TRAINER_FAR,
          TRAINER_OPENINGS,
          TRAINER_LOG_LIKELIHOOD,
          TRAINER_RECONSTRUCTION,
          TRAINER_USED_CHARTS,
          TRAINER_REVIVED_CODES,
          TRAINER_ATLAS_VERSION,
          TRAINER_PUBLISH_BYTES);

  /** Meters of the scorer. */
  public static final List<Meter> SCORER =
      List.of(
          SCORER_EVENTS,
          SCORER_P_VALUES,
          SCORER_ANOMALIES,
          SCORER_GUARDED,
          SCORER_IMPUTED,
          SCORER_MARGINALISED,
          SCORER_BATCHES,
          SCORER_BATCH_SIZE,
          SCORER_ATLAS_VERSION,
          SCORER_ATLAS_AGE,
          SCORER_IGNORED_ATLASES,
          SCORER_DEAD_LETTERS,
          SCORER_DELAY);

  /** Meters of the monitor; of the window that closed last where a meter is about a window. */
  public static final List<Meter> MONITOR =
      List.of(
          MONITOR_DENSITIES,
          MONITOR_UNREADABLE,
          MONITOR_LATE,
          MONITOR_WINDOWS,
          MONITOR_WINDOW_COUNT,
          MONITOR_LOG_DENSITY_MEAN,
          MONITOR_LOG_DENSITY_QUANTILE,
          MONITOR_P_VALUE_SHARE,
          MONITOR_ANOMALY_SHARE,
          MONITOR_ANOMALIES,
          MONITOR_GUARDED,
          MONITOR_INCOMPLETE,
          MONITOR_CHART_MASS,
          MONITOR_ATLAS_VERSION,
          MONITOR_ATLAS_AGE,
          MONITOR_ATLAS_AGE_EVENTS,
          MONITOR_IN_SAMPLE_SHARE);

  /** Every meter. */
  public static final List<Meter> ALL =
      Stream.of(TRAINER, SCORER, MONITOR).flatMap(List::stream).toList();

  private MeterNames() {}
}
