package io.chartflow.ops.http;

import io.chartflow.connect.density.DensityStatus;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Shows the page with made-up windows, to look at it: {@code PageMain PORT WINDOWS [p-values]},
 * until it is stopped. 0 windows show the page before the first event.
 */
final class PageMain {

  private PageMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    FakeView view = new FakeView();
    int windows = Integer.parseInt(args[1]);
    if (windows > 0) {
      SyntheticWindows.of(windows, System.currentTimeMillis(), args.length > 2)
          .forEach(view.log::window);
      view.read =
          Map.of(
              DensityStatus.OK, windows * 118_000L,
              DensityStatus.WARMUP, 354_000L,
              DensityStatus.NO_ATLAS, 236_000L);
      view.late = 12;
    }
    try (MonitorServer server = MonitorServer.start("127.0.0.1", Integer.parseInt(args[0]), view)) {
      System.out.println("page at http://127.0.0.1:" + server.port() + "/");
      new CountDownLatch(1).await();
    }
  }
}
