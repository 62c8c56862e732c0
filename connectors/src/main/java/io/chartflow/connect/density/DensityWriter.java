package io.chartflow.connect.density;

import io.chartflow.connect.density.DensityRecord.ChartProbability;
import io.chartflow.connect.density.DensityRecord.Contribution;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes density records by a {@link DensityLine}, one after the other into one buffer; used by one
 * thread.
 */
public final class DensityWriter {

  private final DensityLine line = new DensityLine();

  /** The JSON of a record, UTF-8. */
  public byte[] toBytes(DensityRecord record) {
    line.begin(
        record.topic(), record.partition(), record.offset(), record.eventTime(), record.status());
    writeScore(record);
    writeDetails(record);
    writeAtlas(record);
    return line.end();
  }

  private void writeScore(DensityRecord record) {
    if (record.logDensity() != null) {
      line.logDensity(record.logDensity());
    }
    if (record.densitySum() != null) {
      line.densitySum(record.densitySum());
    }
    if (record.surprisal() != null) {
      line.surprisal(record.surprisal());
    }
    if (record.pValue() != null) {
      line.pValue(record.pValue());
    }
    if (record.anomaly() != null) {
      line.anomaly(record.anomaly());
    }
    if (record.guarded() != null) {
      line.guarded(record.guarded());
    }
    if (record.chart() != null) {
      line.chart(record.chart());
    }
    @Nullable List<ChartProbability> posterior = record.posterior();
    if (posterior != null) {
      line.beginPosterior();
      posterior.forEach(each -> line.probability(each.chart(), each.probability()));
      line.endList();
    }
  }

  private void writeDetails(DensityRecord record) {
    if (record.offManifoldDistance() != null) {
      line.offManifoldDistance(record.offManifoldDistance());
    }
    @Nullable List<Contribution> attribution = record.attribution();
    if (attribution != null) {
      line.beginAttribution();
      attribution.forEach(each -> line.contribution(each.feature(), each.nats()));
      line.endList();
    }
    if (record.attributionError() != null) {
      line.attributionError(record.attributionError());
    }
    if (record.imputed() != null) {
      line.imputed(record.imputed());
    }
    if (record.marginalised() != null) {
      line.marginalised(record.marginalised());
    }
  }

  private void writeAtlas(DensityRecord record) {
    if (record.atlasVersion() != null) {
      line.atlasVersion(record.atlasVersion());
    }
    if (record.atlasConfigHash() != null) {
      line.atlasConfigHash(record.atlasConfigHash());
    }
    if (record.atlasEvents() != null) {
      line.atlasEvents(record.atlasEvents());
    }
    if (record.atlasEventTime() != null) {
      line.atlasEventTime(record.atlasEventTime());
    }
    if (record.inSample() != null) {
      line.inSample(record.inSample());
    }
  }
}
