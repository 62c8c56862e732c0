package io.chartflow.local.cli;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.model.atlas.Atlas;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chartflow atlas show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Shows the newest version in the atlas topic: where it comes from, its shape, its charts.")
final class AtlasShowCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    ChartflowConfig file = config.read();
    Atlas atlas = Newest.atlas(file);
    AtlasView view = AtlasView.of(atlas, file.schema().names());
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? view.toJson() : view.toText());
    out.flush();
    return ExitCode.OK;
  }
}
