package io.chartflow.bench.engine;

import io.chartflow.bench.experiment.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Somebody who measures, in a process of its own that prints one line of JSON: a list of {@link
 * Pace}s.
 *
 * @param name in tables
 * @param command that starts it
 */
record Contender(String name, List<String> command) {

  /** We. */
  static final String OURS = "chartflow";

  /** PyTorch as the model is written; takes a {@link Trial}. */
  static final String EAGER = "torch, eager";

  /** PyTorch behind {@code torch.compile}; takes a {@link Trial}. */
  static final String COMPILED = "torch, compiled";

  /** Our engine, on the virtual machine and the classes of this process; takes a {@link Trial}. */
  static Contender ours() {
    return new Contender(OURS, java(ownClasses(), EngineTrial.class.getName()));
  }

  /** Our matrix products of these sizes. */
  static Contender ourKernels(List<String> sizes) {
    return new Contender(OURS, java(ownClasses(), KernelTrial.class.getName())).with(sizes);
  }

  /** A script in Python. */
  static Contender python(String name, Path python, Path script, List<String> words) {
    return new Contender(name, List.of(python.toString(), script.toString())).with(words);
  }

  /** A class of a peer's own Maven project. */
  static Contender peer(String name, Path project, String main, List<String> words) {
    String libraries = project.resolve("target/lib") + File.separator + "*";
    String classes = project.resolve("target/classes") + File.pathSeparator + libraries;
    return new Contender(name, java(classes, main)).with(words);
  }

  private static String ownClasses() {
    return System.getProperty("java.class.path");
  }

  private static List<String> java(String classes, String main) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "--add-modules=jdk.incubator.vector"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-XX:")) // those of the launcher
        .forEach(command::add);
    command.addAll(List.of("-Xmx3g", "-cp", classes, main));
    return List.copyOf(command);
  }

  /** The same with more words behind its command. */
  Contender with(List<String> words) {
    return new Contender(name, Stream.concat(command.stream(), words.stream()).toList());
  }

  /** Runs the process and reads what it measured. */
  List<Pace> measure(int threads) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    // Settings for another machine's cores would slow a peer down.
    environment.remove("OPENBLAS_CORETYPE");
    environment.remove("OPENBLAS_L2_SIZE");
    environment.put("OMP_NUM_THREADS", Integer.toString(threads));
    // Pages of 2 MB, which the launcher gives us, for memory of theirs as well.
    environment.put("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      String json = output.lines().filter(line -> line.startsWith("[")).findFirst().orElse("");
      if (code != 0 || json.isEmpty()) {
        throw new IllegalStateException(
            "expected one line of JSON, got exit code %d and: %s; the command was %s"
                .formatted(code, output, String.join(" ", command)));
      }
      return List.of(Json.read(json, Pace[].class, name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + String.join(" ", command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " ran", e);
    }
  }
}
