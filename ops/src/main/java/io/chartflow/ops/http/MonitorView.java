package io.chartflow.ops.http;

import io.chartflow.connect.density.DensityStatus;
import io.chartflow.ops.monitor.StatisticsRecord;
import java.util.List;
import java.util.Map;

/** What the server shows; a running monitor is one. Called from the server's threads. */
public interface MonitorView {

  /** The meters in Prometheus' text format. */
  String scrape();

  /** The state of the stream application, {@code RUNNING} when all is well. */
  String state();

  /** Whether the monitor works or is about to; a monitor that is not healthy wants a restart. */
  boolean healthy();

  /** The newest windows, at most so many, oldest first. */
  List<StatisticsRecord> windows(int limit);

  /** Records read since the start, by status. */
  Map<DensityStatus, Long> read();

  /** Records since the start that held no density record. */
  long unreadable();

  /** Records since the start that came after their window had closed. */
  long late();

  /** The configured share of ordinary events that are told as anomalies; 0 if none are told. */
  double alarmRate();

  /** The configured level of p-values below which events do not teach; 0 if all teach. */
  double guardLevel();

  /** The topic that is watched. */
  String densitiesTopic();

  /** The topic with the events that did not decode. */
  String deadLettersTopic();
}
