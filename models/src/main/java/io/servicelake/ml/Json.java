package io.servicelake.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Models as text: keys sorted, numbers exact, dates as ISO days; equal content, equal text. */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .build();

  private Json() {}

  /** A record as text. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "Cannot write a model as JSON: %s. A part of it has no JSON form. Use records of numbers, texts, lists and maps."
              .formatted(e.getOriginalMessage()),
          e);
    }
  }

  /** Reads a record back. */
  public static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Cannot read a model as %s: %s. The text is damaged or of another version. Train the model again."
              .formatted(type.getSimpleName(), e.getOriginalMessage()),
          e);
    }
  }

  /** One text of a stored model, by path: {@code text(json, "manifest", "modelName")}. */
  public static String text(String json, String... path) {
    JsonNode node = read(json, JsonNode.class);
    for (String name : path) {
      node = node.path(name);
    }
    return node.asText();
  }

  /** A record of settings as text pairs; nested names are joined by dots. */
  public static Map<String, String> flatten(Object config) {
    Map<String, String> flat = new TreeMap<>();
    collect("", MAPPER.valueToTree(config), flat);
    return flat;
  }

  private static void collect(String prefix, JsonNode node, Map<String, String> flat) {
    if (!node.isObject()) {
      flat.put(prefix, node.isValueNode() ? node.asText() : node.toString());
      return;
    }
    node.properties()
        .forEach(
            entry ->
                collect(
                    prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey(),
                    entry.getValue(),
                    flat));
  }

  /** SHA-256 of a text in hexadecimal digits. */
  public static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "Cannot hash a model: this JVM has no SHA-256. Every Java platform has to. Use another JDK.",
          e);
    }
  }
}
