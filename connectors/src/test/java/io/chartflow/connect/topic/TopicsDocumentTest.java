package io.chartflow.connect.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.config.EventFormat;
import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.density.DensityStatus;
import io.chartflow.connect.event.RejectReason;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** docs/topics.md names everything that a reader of a topic can meet. */
class TopicsDocumentTest {

  private final String document = read();

  @Test
  void everyNameOfADensityRecordIsExplained() {
    for (RecordComponent component : DensityRecord.class.getRecordComponents()) {
      String name = component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
      assertThat(document).contains("`" + name + "`");
    }
    Arrays.stream(DensityStatus.values())
        .forEach(status -> assertThat(document).contains("`" + status + "`"));
  }

  @Test
  void everyFormatOfAnEventIsExplained() {
    Arrays.stream(EventFormat.values())
        .forEach(format -> assertThat(document).contains("| `" + format.label() + "` |"));
  }

  @Test
  void everyReasonAndHeaderOfADeadLetterIsExplained() {
    Arrays.stream(RejectReason.values())
        .forEach(reason -> assertThat(document).contains("| `" + reason + "` |"));
    for (String header :
        List.of(
            DeadLetters.TOPIC,
            DeadLetters.PARTITION,
            DeadLetters.OFFSET,
            DeadLetters.REASON,
            DeadLetters.MESSAGE,
            DeadLetters.ORIGINAL_BYTES)) {
      assertThat(document).contains("`" + header + "`");
    }
  }

  private static String read() {
    try {
      return Files.readString(Path.of("..", "docs", "topics.md"));
    } catch (IOException e) {
      throw new AssertionError("docs/topics.md cannot be read", e);
    }
  }
}
