package io.chartflow.local.suggest;

import io.chartflow.model.config.MarginalKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Suggestions as sections of {@code chartflow.yaml}. */
public final class SchemaText {

  private SchemaText() {}

  /** The section, each field with its reasons as comments. */
  public static String of(List<Suggestion> suggestions) {
    StringBuilder text = new StringBuilder("schema:\n  fields:\n");
    for (Suggestion each : suggestions) {
      String last = each.name().substring(each.name().lastIndexOf('.') + 1);
      text.append("    - name: ").append(quoted(last)).append('\n');
      if (!last.equals(each.name())) {
        line(text, "path: %s", quoted(each.name()));
      }
      if (each.resolution() > 0) {
        line(text, "resolution: %s", Double.toString(each.resolution()));
      }
      if (each.transform() != MarginalKind.NONE) {
        line(text, "transform: %s", each.transform().name().toLowerCase(Locale.ROOT));
      }
      if (each.missing() > 0) {
        line(text, "missing: impute");
      }
      line(text, "# seen from %s to %s", each.least(), each.greatest());
      each.reasons().forEach(reason -> line(text, "# %s", reason));
    }
    return text.toString();
  }

  /** The sections {@code model} and {@code training}; nothing where the defaults will do. */
  public static String of(ModelSuggestion model) {
    StringBuilder text = new StringBuilder();
    model.reasons().forEach(reason -> text.append("# ").append(reason).append('\n'));
    String section = "";
    for (Map.Entry<String, String> each : model.settings().entrySet()) {
      int dot = each.getKey().indexOf('.');
      String name = each.getKey().substring(0, dot);
      boolean inside = !name.equals("training");
      if (inside && section.isEmpty()) {
        text.append("model:\n");
      }
      if (!name.equals(section)) {
        text.append(inside ? "  " : "").append(name).append(":\n");
        section = name;
      }
      text.append(inside ? "    " : "  ")
          .append(each.getKey().substring(dot + 1))
          .append(": ")
          .append(each.getValue())
          .append('\n');
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append("      ").append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** YAML would read some names as something else. */
  private static String quoted(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_.]*")
            && !name.matches("(?i)y|n|yes|no|on|off|null|true|false")
        ? name
        : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
