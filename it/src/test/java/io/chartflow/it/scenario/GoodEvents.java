package io.chartflow.it.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Events of three numbers on a noisy helix, as JSON. */
public final class GoodEvents {

  private static final double NOISE = 0.1;

  private final Random random;

  public GoodEvents(long seed) {
    this.random = new Random(seed);
  }

  /** The next events; some hold fields that no schema asks for. */
  public List<byte[]> take(int count) {
    List<byte[]> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(next(i).getBytes(UTF_8));
    }
    return events;
  }

  private String next(int i) {
    double along = 4 * Math.PI * random.nextDouble();
    double x = Math.cos(along) + NOISE * random.nextGaussian();
    double y = Math.sin(along) + NOISE * random.nextGaussian();
    double z = along / 4 + NOISE * random.nextGaussian();
    String more = i % 10 == 3 ? ", \"note\": {\"deep\": [1, \"NaN\", null]}, \"w\": \"7\"" : "";
    return "{\"x\": " + x + ", \"y\": " + y + ", \"z\": " + z + more + "}";
  }
}
