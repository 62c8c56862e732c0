package io.chartflow.bench.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** Where processor time goes and what is allocated, by a flight recording of this process. */
final class Profile implements AutoCloseable {

  private static final int LISTED = 40;
  private static final String SAMPLE = "jdk.ExecutionSample";
  private static final String NATIVE = "jdk.NativeMethodSample";
  private static final String ALLOCATION = "jdk.ObjectAllocationSample";

  private final Recording recording = new Recording();
  private Instant began = Instant.now();
  private final Map<String, Double> time = new HashMap<>();
  private final Map<String, Double> bytes = new HashMap<>();
  private final Map<String, Double> sites = new HashMap<>();

  /**
   * Begins to record. A recording that begins later throws compiled code away, so there is one from
   * the start, of which the end counts.
   */
  Profile() {
    recording.enable(SAMPLE).withPeriod(Duration.ofMillis(10));
    recording.enable(NATIVE).withPeriod(Duration.ofMillis(10));
    recording.enable(ALLOCATION).with("throttle", "1000/s");
    recording.start();
  }

  /** What was recorded until now does not count. */
  void begin() {
    began = Instant.now();
    time.clear();
    bytes.clear();
    sites.clear();
  }

  /** Sums up what was recorded since {@link #begin}, keeps it in {@code file}, . */
  String toFile(Path file) {
    try {
      recording.dump(file);
      try (RecordingFile events = new RecordingFile(file)) {
        while (events.hasMoreEvents()) {
          RecordedEvent event = events.readEvent();
          if (event.getStartTime().isAfter(began)) {
            add(event);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the recording " + file, e);
    }
    return table("samples", time)
        + table("allocated: classes", bytes)
        + table("allocated: sites", sites);
  }

  private void add(RecordedEvent event) {
    String name = event.getEventType().getName();
    if (name.equals(SAMPLE)) {
      RecordedThread thread = event.getThread("sampledThread");
      time.merge(part(thread) + " " + frame(event, 0), 1.0, Double::sum);
      time.merge(part(thread) + " TOTAL", 1.0, Double::sum);
    } else if (name.equals(ALLOCATION)) {
      RecordedClass type = event.getClass("objectClass");
      double weight = event.getLong("weight");
      String part = part(event.getThread());
      bytes.merge(part + " TOTAL", weight, Double::sum);
      bytes.merge(part + " " + type.getName(), weight, Double::sum);
      sites.merge(part + " TOTAL", weight, Double::sum);
      sites.merge(part + " " + type.getName() + " at " + house(event), weight, Double::sum);
    }
  }

  private static String part(RecordedThread thread) {
    return thread == null || thread.getJavaName() == null
        ? "REST"
        : ThreadPart.of(thread.getJavaName()).name();
  }

  private static String frame(RecordedEvent event, int depth) {
    if (event.getStackTrace() == null || event.getStackTrace().getFrames().size() <= depth) {
      return "?";
    }
    RecordedFrame frame = event.getStackTrace().getFrames().get(depth);
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  /** The two innermost frames, and the innermost one of the house where it is neither. */
  private static String house(RecordedEvent event) {
    List<String> frames = new ArrayList<>(List.of(frame(event, 0), frame(event, 1)));
    int depth = event.getStackTrace() == null ? 0 : event.getStackTrace().getFrames().size();
    for (int i = 2; i < depth; i++) {
      if (frame(event, i).startsWith("io.chartflow")) {
        frames.add(frame(event, i));
        break;
      }
    }
    return String.join(" < ", frames);
  }

  private static String table(String title, Map<String, Double> values) {
    StringBuilder text = new StringBuilder(title).append('\n');
    Map<String, Double> totals = new TreeMap<>(values);
    totals.keySet().removeIf(key -> !key.endsWith(" TOTAL"));
    double all = totals.values().stream().mapToDouble(Double::doubleValue).sum();
    values.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(LISTED)
        .forEach(
            each ->
                text.append("%6.2f %% %s%n".formatted(100 * each.getValue() / all, each.getKey())));
    return text.append('\n').toString();
  }

  @Override
  public void close() {
    recording.close();
  }
}
