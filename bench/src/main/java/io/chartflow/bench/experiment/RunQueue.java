package io.chartflow.bench.experiment;

import io.chartflow.model.engine.JvmEngine;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes runs on a few threads, each with an engine of one worker, and keeps each when it is done. A
 * run that is kept already is not made again, so an experiment that was interrupted goes on.
 */
public final class RunQueue {

  private final RunStore store;
  private final int threads;
  private final boolean fresh;
  private final PrintWriter out;
  private final AtomicInteger done = new AtomicInteger();

  /**
   * @param store of finished runs
   * @param threads that make runs side by side
   * @param fresh whether to make finished runs again
   * @param out told of each run
   */
  public RunQueue(RunStore store, int threads, boolean fresh, PrintWriter out) {
    this.store = store;
    this.threads = threads;
    this.fresh = fresh;
    this.out = out;
  }

  /**
   * Makes all runs.
   *
   * @throws RunFailure after all others were made, if any failed
   */
  public List<RunRecord> run(List<Run> runs) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<RunRecord>> futures = new ArrayList<>();
      for (Run run : runs) {
        futures.add(pool.submit(() -> one(run, runs.size())));
      }
      return gather(runs, futures);
    } finally {
      pool.shutdownNow();
    }
  }

  private RunRecord one(Run run, int all) {
    Optional<RunRecord> kept = fresh ? Optional.empty() : store.find(run.spec());
    if (kept.isPresent()) {
      tell(run, all, "kept");
      return kept.get();
    }
    JvmEngine engine = new JvmEngine(1);
    RunRecord record = store.write(run.spec(), run.work().run(engine), engine.description());
    tell(run, all, record.values().toString());
    return record;
  }

  private void tell(Run run, int all, String what) {
    synchronized (out) {
      out.printf("%d/%d  %s  %s%n", done.incrementAndGet(), all, run.spec().name(), what);
      out.flush();
    }
  }

  private static List<RunRecord> gather(List<Run> runs, List<Future<RunRecord>> futures) {
    List<RunRecord> records = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    Throwable first = null;
    for (int i = 0; i < futures.size(); i++) {
      try {
        records.add(futures.get(i).get());
      } catch (ExecutionException e) {
        first = first == null ? e.getCause() : first;
        failed.add(runs.get(i).spec().name() + ": " + e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted; what is done is kept", e);
      }
    }
    if (!failed.isEmpty()) {
      throw new RunFailure(records, failed, first);
    }
    return records;
  }
}
