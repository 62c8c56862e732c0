package io.chartflow.model.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The compiler takes what is called often into its caller if its bytecode has at most {@value
 * #INLINED} bytes. Past 18,000 nodes in one caller it leaves calls of vectors as calls, whose
 * vectors are objects. So a kernel of many operations has to be longer, to be compiled by itself.
 */
class KernelLengthsTest {

  /** {@code -XX:FreqInlineSize}. */
  private static final int INLINED = 325;

  /** Calls of the vector module that a caller has room for, several times over. */
  private static final int FEW = 20;

  /** A method, or a class's initialiser. */
  private static final Pattern METHOD = Pattern.compile("^  \\S.*(\\(.*\\).*|\\{\\});$");

  private static final Pattern INSTRUCTION = Pattern.compile("^ +(\\d+): .*");
  private static final String VECTORS = "jdk/incubator/vector/";

  @Test
  void whatHasManyVectorOperationsIsTooLongToBeInlined() throws Exception {
    Map<String, Kernel> kernels = new TreeMap<>();
    for (Path file : vectorClasses()) {
      read(file, kernels);
    }

    assertThat(kernels).hasSizeGreaterThan(50);
    assertThat(kernels.values())
        .filteredOn(kernel -> kernel.operations > FEW)
        .hasSizeGreaterThan(9);
    assertThat(kernels)
        .allSatisfy(
            (name, kernel) ->
                assertThat(kernel.operations > FEW && kernel.bytes <= INLINED)
                    .as("%s: %s operations in %s bytes", name, kernel.operations, kernel.bytes)
                    .isFalse());
  }

  private static List<Path> vectorClasses() throws Exception {
    Path classes =
        Path.of(Kernels.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path here = classes.resolve(KernelLengthsTest.class.getPackageName().replace('.', '/'));
    try (Stream<Path> files = Files.list(here)) {
      return files.filter(file -> file.getFileName().toString().startsWith("Vector")).toList();
    }
  }

  private static void read(Path file, Map<String, Kernel> kernels) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
    assertThat(javap.run(writer, writer, "-c", "-p", file.toString())).as("%s", file).isZero();
    String name = "";
    for (String line : out.toString().lines().collect(Collectors.toList())) {
      Matcher method = METHOD.matcher(line);
      Matcher instruction = INSTRUCTION.matcher(line);
      if (method.matches()) {
        name = file.getFileName() + " " + line.strip();
        kernels.put(name, new Kernel());
      } else if (instruction.matches() && kernels.containsKey(name)) {
        Kernel kernel = kernels.get(name);
        kernel.bytes = Integer.parseInt(instruction.group(1)) + 1;
        kernel.operations += line.contains("invoke") && line.contains(VECTORS) ? 1 : 0;
      }
    }
  }

  /** A method: bytes up to its last instruction, and calls of the vector module. */
  private static final class Kernel {

    private int bytes;
    private int operations;
  }
}
