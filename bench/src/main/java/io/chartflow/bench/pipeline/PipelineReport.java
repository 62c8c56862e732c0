package io.chartflow.bench.pipeline;

import io.chartflow.bench.experiment.Json;
import io.chartflow.bench.report.Machine;
import io.chartflow.bench.stats.Summary;
import java.util.List;
import java.util.Map;

/**
 * What was measured.
 *
 * @param command that measures it again
 * @param commit of the sources
 * @param machine it was measured on
 * @param vmOptions of the process
 * @param options what was measured
 * @param partitions of the topics
 * @param throughputs runs by part
 * @param delayRate events a second that came while delays were measured
 * @param delays a run each
 * @param restores a run each
 * @param peers runs of the Python consumer by what it did, in events a second
 * @param peakMebibytes most memory that was resident, or 0 where it is not known
 */
public record PipelineReport(
    String command,
    String commit,
    Machine machine,
    List<String> vmOptions,
    PipelineOptions options,
    int partitions,
    Map<Part, List<Throughput>> throughputs,
    double delayRate,
    List<Delays.Quantiles> delays,
    List<Restore> restores,
    Map<String, List<Double>> peers,
    long peakMebibytes) {

  /** Copies the collections. */
  public PipelineReport {
    vmOptions = List.copyOf(vmOptions);
    throughputs = Map.copyOf(throughputs);
    delays = List.copyOf(delays);
    restores = List.copyOf(restores);
    peers = Map.copyOf(peers);
  }

  /** As JSON. */
  public String json() {
    return Json.write(this);
  }

  /** Events a second of a part. */
  Summary rate(Part part) {
    List<Double> rates =
        throughputs.getOrDefault(part, List.of()).stream()
            .map(Throughput::eventsPerSecond)
            .toList();
    return rates.isEmpty() ? Summary.NONE : Summary.of(rates);
  }

  /** Events a second of the Python consumer. */
  Summary peer(String what) {
    List<Double> rates = peers.getOrDefault(what, List.of());
    return rates.isEmpty() ? Summary.NONE : Summary.of(rates);
  }
}
