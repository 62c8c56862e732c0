package io.chartflow.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.it.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What sources look like: short files, and a page about every package. */
class SourcesTest {

  private static final int LONGEST = 500;
  private static final int NINE_IN_TEN = 350;
  private static final int MEDIAN = 120;

  @Test
  void filesAreShort() {
    List<Path> sources = Repository.sources();
    List<String> tooLong =
        sources.stream()
            .filter(file -> lines(file) > LONGEST)
            .map(file -> Repository.root().relativize(file) + ": " + lines(file) + " lines")
            .toList();
    List<Integer> sorted = sources.stream().map(SourcesTest::lines).sorted().toList();

    assertThat(tooLong).as("files longer than %d lines", LONGEST).isEmpty();
    assertThat(sorted.get(sorted.size() * 9 / 10)).as("ninth decile").isLessThan(NINE_IN_TEN);
    assertThat(sorted.get(sorted.size() / 2)).as("median").isLessThan(MEDIAN);
  }

  @Test
  void everyPackageSaysWhatItIsAndIsNullMarked() {
    List<String> silent = new ArrayList<>();
    for (Path folder : packageFolders()) {
      Path page = folder.resolve("package-info.java");
      Path mainPage = Path.of(page.toString().replace("/src/test/", "/src/main/"));
      Path found = Files.exists(page) ? page : mainPage;
      if (!Files.exists(found) || !Repository.text(found).contains("@NullMarked")) {
        silent.add(Repository.root().relativize(folder).toString());
      }
    }
    assertThat(silent).as("packages without a @NullMarked package-info.java").isEmpty();
  }

  @Test
  void everyModuleOfTheBuildIsLookedAt() {
    String parent = Repository.text(Repository.root().resolve("pom.xml"));
    List<String> listed =
        Pattern.compile("<module>([^<]+)</module>")
            .matcher(parent)
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(Repository.MODULES).containsExactlyInAnyOrderElementsOf(listed);
  }

  private static List<Path> packageFolders() {
    return Repository.sources().stream().map(Path::getParent).distinct().toList();
  }

  private static int lines(Path file) {
    return (int) Repository.text(file).lines().count();
  }
}
