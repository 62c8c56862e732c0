package io.chartflow.it;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checked-out repository, as the rules look at it: its classes, its sources, its documents. */
public final class Repository {

  /** Every module of the build; a test compares it with the parent's list. */
  public static final List<String> MODULES =
      List.of("model-core", "connectors", "stream-jobs", "ops", "local", "it", "bench");

  private Repository() {}

  /** The folder that holds the parent pom: the nearest one above that has {@code .mvn}. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve(".mvn"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException(
            "expected .mvn in " + Path.of("").toAbsolutePath() + " or above it, found none");
      }
      folder = parent;
    }
    return folder;
  }

  /** The classes of the house that users get, from the class path of this module. */
  public static JavaClasses mainClasses() {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .withImportOption(location -> !location.contains("/io/chartflow/it/"))
        .importPackages("io.chartflow");
  }

  /** The test classes of every module that was built. */
  public static JavaClasses testClasses() {
    List<Path> folders =
        MODULES.stream()
            .map(module -> root().resolve(module).resolve("target/test-classes"))
            .filter(Files::isDirectory)
            .toList();
    return new ClassFileImporter().importPaths(folders);
  }

  /** Every Java source of the modules, main and test. */
  public static List<Path> sources() {
    return MODULES.stream().flatMap(module -> sourcesOf(module).stream()).toList();
  }

  /** The text of a file, which has to exist. */
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static List<Path> sourcesOf(String module) {
    Path folder = root().resolve(module).resolve("src");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }
}
