package io.chartflow.connect.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Pieces that the serializers share; a length of -1 is null. */
final class Wire {

  private Wire() {}

  static void writeBytes(byte @Nullable [] bytes, DataOutputView target) throws IOException {
    if (bytes == null) {
      target.writeInt(-1);
    } else {
      target.writeInt(bytes.length);
      target.write(bytes);
    }
  }

  static byte @Nullable [] readBytes(DataInputView source) throws IOException {
    int length = source.readInt();
    if (length < -1) {
      throw new IOException("expected a length of -1 or more, got " + length);
    }
    if (length == -1) {
      return null;
    }
    byte[] bytes = new byte[length];
    source.readFully(bytes);
    return bytes;
  }

  static byte[] readPresentBytes(DataInputView source) throws IOException {
    byte[] bytes = readBytes(source);
    if (bytes == null) {
      throw new IOException("expected bytes, got null");
    }
    return bytes;
  }

  static void writeText(String text, DataOutputView target) throws IOException {
    writeBytes(text.getBytes(UTF_8), target);
  }

  static String readText(DataInputView source) throws IOException {
    return new String(readPresentBytes(source), UTF_8);
  }
}
