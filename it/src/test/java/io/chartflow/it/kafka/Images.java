package io.chartflow.it.kafka;

/**
 * The container images of the tests: properties whose defaults are the official images. Unless
 * {@code chartflow.it.pull-policy} is {@code never}, an image that is not there is pulled.
 */
public final class Images {

  private Images() {}

  /** The broker's image. */
  public static String kafka() {
    return System.getProperty("chartflow.it.kafka-image", "apache/kafka:4.2.1");
  }

  /** The image of JobManager and TaskManagers. */
  public static String flink() {
    return System.getProperty("chartflow.it.flink-image", "flink:2.2.1-java17");
  }

  /** The image that the monitor runs in. */
  public static String jre() {
    return System.getProperty("chartflow.it.jre-image", "eclipse-temurin:17-jre");
  }

  /** Compose's word: {@code missing} pulls what is not there, {@code never} does not. */
  public static String pullPolicy() {
    return System.getProperty("chartflow.it.pull-policy", "missing");
  }

  /**
   * The image itself, once it is sure that the engine has it: waiting for a pull that cannot
   * succeed costs minutes.
   *
   * @throws IllegalStateException if the engine does not have it and may not, or cannot, pull it
   */
  public static String present(String image) {
    Command.Result inspected = Command.run("docker", "image", "inspect", image);
    if (inspected.status() == 0) {
      return image;
    }
    if (pullPolicy().equals("never")) {
      throw new IllegalStateException(
          "expected the image "
              + image
              + ", which chartflow.it.pull-policy=never does not pull: "
              + inspected.output());
    }
    Command.Result pulled = Command.run("docker", "pull", image);
    if (pulled.status() != 0) {
      throw new IllegalStateException("cannot pull the image " + image + ": " + pulled.output());
    }
    return image;
  }
}
