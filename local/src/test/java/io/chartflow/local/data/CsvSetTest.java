package io.chartflow.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvSetTest {

  @TempDir private Path directory;

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("my.csv"), content);
  }

  @Test
  void columnsComeInTheOrderAskedFor() throws IOException {
    DataSet set = DataSets.file(file("a,b,c\n1,2,3\n4,5,6\n"), List.of("c", "a:0.5"));
    assertThat(set.fields()).containsExactly(new DataField("c", 0), new DataField("a", 0.5));
    try (EventSource source = set.events(0)) {
      source.next();
      assertThat(source.index()).isZero();
      assertThat(source.value(0)).isEqualTo(3);
      assertThat(source.json(1)).isEqualTo("1");
    }
  }

  @Test
  void afterTheLastRowTheFirstComesAgain() throws IOException {
    DataSet set = DataSets.file(file("a\n1\n2\n"), List.of("a"));
    try (EventSource source = set.events(0)) {
      for (int i = 0; i < 5; i++) {
        source.next();
        assertThat(source.value(0)).isEqualTo(1 + i % 2);
        assertThat(source.index()).isEqualTo(i);
      }
    }
  }

  @Test
  void theLastQuarterIsHeldOut() throws IOException {
    DataSet set = DataSets.file(file("a\n1\n2\n3\n4\n5\n6\n7\n8\n"), List.of("a"));
    assertThat(set.heldOutEvents()).isEqualTo(2);
    double[] x = new double[1];
    try (EventSource training = set.training(0);
        EventSource heldOut = set.heldOut(0, 0)) {
      for (double expected : new double[] {1, 2, 3, 4, 5, 6, 1}) {
        training.next();
        training.copyTo(x);
        assertThat(x[0]).isEqualTo(expected);
      }
      for (double expected : new double[] {7, 8, 7}) {
        heldOut.next();
        assertThat(heldOut.value(0)).isEqualTo(expected);
      }
    }
  }

  @Test
  void badCellsGoInAsTheyAre() throws IOException {
    DataSet set =
        DataSets.file(file("a,b\nNaN,hot \"x\"\n,+.5\n1e400\n-3,007\n"), List.of("a", "b"));
    try (EventSource source = set.events(0)) {
      source.next();
      assertThat(source.json(0)).isEqualTo("\"NaN\"");
      assertThat(source.json(1)).isEqualTo("\"hot \\\"x\\\"\"");
      assertThat(source.value(0)).isNaN();
      source.next();
      assertThat(source.json(0)).isEqualTo("\"\"");
      assertThat(source.json(1)).isEqualTo("0.5");
      source.next();
      assertThat(source.json(0)).isEqualTo("1e400");
      assertThat(source.json(1)).isEqualTo("null");
      source.next();
      assertThat(source.json(0)).isEqualTo("-3");
      assertThat(source.json(1)).isEqualTo("7.0");
    }
  }

  @Test
  void aZippedFileWithAByteOrderMarkIsRead() throws IOException {
    Path file = directory.resolve("my.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("\uFEFFa,b\r\n1,2\r\n".getBytes(StandardCharsets.UTF_8));
    }
    try (EventSource source = DataSets.file(file, List.of("a")).events(0)) {
      source.next();
      assertThat(source.json(0)).isEqualTo("1");
    }
  }

  @Test
  void aMissingColumnIsToldTheColumnsThereAre() throws IOException {
    Path file = file("a,b\n1,2\n");
    assertThatThrownBy(() -> DataSets.file(file, List.of("a", "speed", "heat")))
        .hasMessageContaining("my.csv has no column \"speed\", \"heat\"; it has \"a\", \"b\"");
  }

  @Test
  void whatCannotBeReadIsSaidPlainly() throws IOException {
    assertThatThrownBy(() -> DataSets.file(directory.resolve("no.csv"), List.of("a")))
        .hasMessageContaining("file must be a file that exists, got")
        .hasMessageContaining("no.csv");
    Path twice = Files.writeString(directory.resolve("twice.csv"), "a,a\n1,2\n");
    assertThatThrownBy(() -> DataSets.file(twice, List.of("a")))
        .hasMessageContaining("twice.csv needs a header with different names");
    Path empty = Files.writeString(directory.resolve("empty.csv"), "a\n");
    DataSet set = DataSets.file(empty, List.of("a"));
    assertThatThrownBy(() -> set.events(0).next()).hasMessageContaining("has no row to read");
    assertThatThrownBy(() -> set.training(0)).hasMessageContaining("at least 2 rows");
    assertThatThrownBy(() -> DataSets.file(empty, List.of("a:x")))
        .hasMessageContaining("name:resolution");
    assertThatThrownBy(() -> DataSets.file(empty, List.of("a", "a:1")))
        .hasMessageContaining("got a twice");
  }
}
