package io.chartflow.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.it.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents name exists: classes, packages and files between backticks. */
class DocumentsTest {

  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```");
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

  /** {@code TrainJob}, {@code AtlasCodec.encode(…)}: a word in camel case that begins large. */
  private static final Pattern CLASS = Pattern.compile("([A-Z][a-z0-9]+[A-Za-z0-9]*)(?:[.#(<].*)?");

  private static final Pattern PACKAGE = Pattern.compile("io\\.chartflow(\\.[a-z]+)*");
  private static final Pattern FILE =
      Pattern.compile("[\\w.-]+(/[\\w.-]+)*/?(?<=\\.(md|yml|yaml|java|xml|json|sh))");

  /** Names of other houses that a document may say. */
  private static final Set<String> FOREIGN =
      Set.of(
          "Formatter",
          "KafkaContainer",
          "KafkaRaftServer",
          "MiniCluster",
          "TopologyTestDriver",
          "Duration");

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"})
  void aDocumentNamesOnlyWhatExists(String document) {
    Path file = Repository.root().resolve(document);
    assertThat(file).exists();
    Set<String> classes = classNames();
    List<String> unknown = new ArrayList<>();

    for (String code : codeIn(Repository.text(file))) {
      Matcher named = CLASS.matcher(code);
      if (named.matches()
          && !classes.contains(named.group(1))
          && !FOREIGN.contains(named.group(1))) {
        unknown.add("class " + code);
      }
      if (PACKAGE.matcher(code).matches() && !isPackage(code)) {
        unknown.add("package " + code);
      }
      if (FILE.matcher(code).matches() && !isFile(code)) {
        unknown.add("file " + code);
      }
    }
    assertThat(unknown).as("names in %s that nothing has", document).isEmpty();
  }

  private static List<String> codeIn(String text) {
    return CODE.matcher(FENCE.matcher(text).replaceAll(""))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static Set<String> classNames() {
    Set<String> names =
        Repository.sources().stream()
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    Repository.mainClasses().forEach(type -> names.add(type.getSimpleName()));
    return names;
  }

  private static boolean isPackage(String name) {
    String folder = name.replace('.', '/');
    return Repository.sources().stream()
        .anyMatch(file -> file.toString().contains("/java/" + folder + "/"));
  }

  /** A path from the root, or the bare name of a source, a document or a settings file. */
  private static boolean isFile(String path) {
    return Files.exists(Repository.root().resolve(path))
        || path.equals("chartflow.yaml")
        || Repository.sources().stream().anyMatch(file -> file.endsWith(path));
  }
}
