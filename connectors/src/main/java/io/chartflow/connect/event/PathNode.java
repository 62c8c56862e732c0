package io.chartflow.connect.event;

import io.chartflow.connect.config.FieldConfig;
import io.chartflow.connect.config.SchemaConfig;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The paths of a schema as a tree: what the decoder wants at each depth of an event. */
final class PathNode {

  /** Index of a node that is not a feature. */
  static final int NONE = -1;

  private final Map<String, PathNode> children = new HashMap<>();
  private int field = NONE;
  private boolean time;

  /** The tree of a schema. */
  static PathNode of(SchemaConfig schema) {
    PathNode root = new PathNode();
    for (int i = 0; i < schema.fields().size(); i++) {
      FieldConfig field = schema.fields().get(i);
      root.descend(field.path()).field = i;
    }
    if (schema.timeField() != null) {
      root.descend(schema.timeField()).time = true;
    }
    return root;
  }

  private PathNode descend(String path) {
    int dot = path.indexOf('.');
    String step = dot < 0 ? path : path.substring(0, dot);
    PathNode child = children.computeIfAbsent(step, name -> new PathNode());
    return dot < 0 ? child : child.descend(path.substring(dot + 1));
  }

  /** What is wanted under this name, or null. */
  @Nullable PathNode child(String name) {
    return children.get(name);
  }

  /** Whether something is wanted inside of this value. */
  boolean hasChildren() {
    return !children.isEmpty();
  }

  /** Index of the feature that stands here, or {@link #NONE}. */
  int field() {
    return field;
  }

  /** Whether the event's time stands here. */
  boolean isTime() {
    return time;
  }
}
