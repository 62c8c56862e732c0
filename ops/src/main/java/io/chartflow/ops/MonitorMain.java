package io.chartflow.ops;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a monitor until it is stopped: {@code --config chartflow.yaml [--state DIR]
 * [--at-least-once]}. Ends with 2 if it was called wrongly or the file is wrong, with 1 if the
 * monitor failed and wants a restart, with 0 if it was told to stop.
 */
public final class MonitorMain {

  private static final Logger LOG = LoggerFactory.getLogger(MonitorMain.class);

  private MonitorMain() {}

  /** The program. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Arguments arguments;
    ChartflowConfig config;
    try {
      arguments = Arguments.parse(args);
      config = ConfigReader.read(arguments.config());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    System.exit(run(config, arguments));
  }

  private static int run(ChartflowConfig config, Arguments arguments)
      throws IOException, InterruptedException {
    Monitor monitor =
        Monitor.start(config, arguments.state(), arguments.exactlyOnce(), window -> {});
    Runtime.getRuntime().addShutdownHook(new Thread(monitor::close, "chartflow-monitor-stop"));
    boolean failed = monitor.awaitStopped();
    LOG.info("monitor stopped in state {}", monitor.state());
    return failed ? 1 : 0;
  }

  /**
   * What the command line says.
   *
   * @param config the configuration file
   * @param state the state directory
   * @param exactlyOnce the guarantee
   */
  record Arguments(Path config, Path state, boolean exactlyOnce) {

    private static final String USAGE =
        "usage: --config chartflow.yaml [--state DIRECTORY] [--at-least-once]";

    static Arguments parse(String... args) {
      Path config = null;
      Path state = Path.of(System.getProperty("java.io.tmpdir"), "chartflow-monitor");
      boolean exactlyOnce = true;
      for (int i = 0; i < args.length; i++) {
        switch (args[i]) {
          case "--config" -> config = Path.of(value(args, ++i));
          case "--state" -> state = Path.of(value(args, ++i));
          case "--at-least-once" -> exactlyOnce = false;
          default ->
              throw new IllegalArgumentException("unknown argument " + args[i] + "\n" + USAGE);
        }
      }
      if (config == null) {
        throw new IllegalArgumentException("--config is missing\n" + USAGE);
      }
      return new Arguments(config, state, exactlyOnce);
    }

    private static String value(String[] args, int index) {
      if (index >= args.length) {
        throw new IllegalArgumentException(args[index - 1] + " wants a value\n" + USAGE);
      }
      return args[index];
    }
  }
}
