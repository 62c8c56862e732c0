package io.chartflow.connect.atlas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The key of a message of the atlas topic: {@code 7/manifest} or {@code 7/0}, {@code 7/1}, …
 *
 * @param version of the atlas
 * @param chunk number of the chunk, {@link #MANIFEST} for the manifest
 */
record AtlasKey(long version, int chunk) {

  static final int MANIFEST = -1;

  private static final Pattern FORM = Pattern.compile("(\\d{1,18})/(manifest|\\d{1,9})");

  byte[] toBytes() {
    return toString().getBytes(UTF_8);
  }

  static AtlasKey of(byte @Nullable [] key) {
    String text = key == null ? "none" : new String(key, UTF_8);
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
      throw new IllegalArgumentException(
          "expected an atlas key such as 7/manifest or 7/0, got " + shown);
    }
    String chunk = matcher.group(2);
    return new AtlasKey(
        Long.parseLong(matcher.group(1)),
        chunk.equals("manifest") ? MANIFEST : Integer.parseInt(chunk));
  }

  boolean isManifest() {
    return chunk == MANIFEST;
  }

  @Override
  public String toString() {
    return version + "/" + (isManifest() ? "manifest" : Integer.toString(chunk));
  }
}
