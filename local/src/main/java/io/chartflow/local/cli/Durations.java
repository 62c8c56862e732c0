package io.chartflow.local.cli;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as the configuration file writes them. */
final class Durations implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    return io.chartflow.connect.config.Durations.parse(text)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "must be " + io.chartflow.connect.config.Durations.RULE + ", got " + text));
  }
}
