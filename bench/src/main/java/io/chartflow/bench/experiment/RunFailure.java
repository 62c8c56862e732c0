package io.chartflow.bench.experiment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some runs failed; the others are kept. */
public final class RunFailure extends RuntimeException {

  private final transient List<RunRecord> finished;

  RunFailure(List<RunRecord> finished, List<String> failed, @Nullable Throwable first) {
    super(failed.size() + " runs failed:\n  - " + String.join("\n  - ", failed), first);
    this.finished = List.copyOf(finished);
  }

  /** The runs that did not fail. */
  public List<RunRecord> finished() {
    return finished;
  }
}
