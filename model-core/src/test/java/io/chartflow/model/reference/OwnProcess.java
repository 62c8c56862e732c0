package io.chartflow.model.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a main class of the tests in a virtual machine of its own, on vectors. The program waits
 * while code is compiled ({@code -Xbatch}): then what is compiled, and with it what stays out of
 * memory, does not depend on how busy the machine is or on what other tests have run.
 */
public final class OwnProcess {

  private OwnProcess() {}

  /** The lines that it printed. */
  public static List<String> run(Class<?> main, String... words)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-Xbatch",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader out = process.inputReader()) {
      List<String> lines = out.lines().toList();
      assertThat(process.waitFor()).as("exit of the process").isZero();
      return lines;
    }
  }
}
