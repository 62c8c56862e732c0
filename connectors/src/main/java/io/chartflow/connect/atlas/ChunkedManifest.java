package io.chartflow.connect.atlas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartflow.model.atlas.AtlasManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * What the manifest message of a version says about its chunks. It is JSON, and carries the {@link
 * AtlasManifest} besides, so that any consumer can see what a version is without its chunks.
 *
 * <p>Format 1: {@code format}, {@code version}, {@code bytes}, {@code chunk_crc32} (one number for
 * each chunk, in order), {@code sha256} (hexadecimal, of all bytes).
 *
 * @param version of the atlas
 * @param bytes length of the encoded atlas
 * @param chunkCrcs CRC-32 of each chunk
 * @param sha256 of the encoded atlas
 */
record ChunkedManifest(long version, long bytes, List<Long> chunkCrcs, String sha256) {

  static final int FORMAT = 1;

  private static final int MOST_CHUNKS = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  ChunkedManifest {
    chunkCrcs = List.copyOf(chunkCrcs);
  }

  static long crc(byte[] bytes, int from, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, length);
    return crc.getValue();
  }

  byte[] toJson(AtlasManifest atlas) {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", FORMAT).put("version", version).put("parent", atlas.parent());
    node.put("bytes", bytes);
    ArrayNode crcs = node.putArray("chunk_crc32");
    chunkCrcs.forEach(crcs::add);
    node.put("sha256", sha256);
    node.put("config_hash", atlas.configHash());
    node.put("events", atlas.events()).put("steps", atlas.steps());
    ObjectNode positions = node.putObject("positions");
    atlas.positions().forEach(positions::put);
    if (atlas.eventTimeMillis() != Long.MIN_VALUE) {
      node.put("event_time", atlas.eventTimeMillis());
    }
    node.put("prequential_log_likelihood", atlas.prequentialLogLikelihood());
    node.put("used_charts", atlas.usedCharts());
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values was refused as JSON", e);
    }
  }

  static ChunkedManifest of(AtlasKey key, byte[] json) {
    JsonNode node;
    try {
      node = JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException(where(key) + "expected JSON: " + e.getMessage(), e);
    }
    long format = whole(key, node, "format");
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          where(key) + "expected format " + FORMAT + ", got " + format);
    }
    long version = whole(key, node, "version");
    if (version != key.version()) {
      throw new IllegalArgumentException(where(key) + "got version " + version);
    }
    List<Long> crcs = new ArrayList<>();
    JsonNode list = node.path("chunk_crc32");
    list.forEach(crc -> crcs.add(crc.asLong(-1)));
    if (!list.isArray() || crcs.isEmpty() || crcs.size() > MOST_CHUNKS || crcs.contains(-1L)) {
      throw new IllegalArgumentException(
          where(key) + "expected chunk_crc32 to be a list of 1 to " + MOST_CHUNKS + " numbers");
    }
    return new ChunkedManifest(
        version, whole(key, node, "bytes"), crcs, node.path("sha256").asText());
  }

  int chunks() {
    return chunkCrcs.size();
  }

  /**
   * @throws IllegalArgumentException if the chunk is not the one that this manifest means
   */
  void check(AtlasKey key, byte[] chunk) {
    if (key.chunk() >= chunks()) {
      throw new IllegalArgumentException(
          where(key) + "the manifest names " + chunks() + " chunks, numbered from 0");
    }
    long expected = chunkCrcs.get(key.chunk());
    long got = crc(chunk, 0, chunk.length);
    if (got != expected) {
      throw new IllegalArgumentException(
          where(key)
              + "expected a chunk of CRC-32 "
              + expected
              + ", got "
              + chunk.length
              + " bytes of CRC-32 "
              + got);
    }
  }

  private static long whole(AtlasKey key, JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isIntegralNumber() || value.asLong() < 0) {
      String got = value.isMissingNode() ? "nothing" : value.toString();
      throw new IllegalArgumentException(
          where(key) + "expected " + name + " to be a whole number, got " + got);
    }
    return value.asLong();
  }

  private static String where(AtlasKey key) {
    return "atlas message " + key + ": ";
  }
}
