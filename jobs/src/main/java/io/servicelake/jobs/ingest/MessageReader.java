package io.servicelake.jobs.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the JSON object of a message as cells: texts as they stand, fields of inner objects by
 * their path with dots, lists as JSON text. What is wrong with a message is told without quoting
 * it, since it may hold personal values. Not for use by several threads.
 */
final class MessageReader {
  /** Field that names the version of a message. */
  static final String VERSION = "schema_version";

  private static final int DEPTH = 20;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /**
   * A message as read.
   *
   * @param cells texts by position in {@link #header}; null if it cannot be read
   * @param code reason code; null if there is nothing wrong
   * @param fault what is wrong; null if nothing is
   */
  record Message(String[] cells, String code, String fault) {
    static Message faulty(String code, String fault) {
      return new Message(null, code, fault);
    }
  }

  private final KafkaTopic topic;
  private final List<String> header;
  private final Map<String, Integer> positions = new HashMap<>();
  private final Set<String> optional;

  MessageReader(KafkaTopic topic, SourceReading source) {
    this.topic = topic;
    this.header = List.copyOf(source.columns());
    this.optional = Set.copyOf(source.optional());
    for (int i = 0; i < header.size(); i++) {
      positions.put(header.get(i), i);
    }
  }

  /** Names of the cells. */
  List<String> header() {
    return header;
  }

  /**
   * Reads a message.
   *
   * @param value its bytes; null for one without content
   */
  Message read(byte[] value) {
    if (value == null) {
      return Message.faulty("BAD_ROW", "The message has no content.");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      return Message.faulty("BAD_ROW", "The message is not UTF-8.");
    }
    Fields fields = new Fields();
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Message.faulty("BAD_ROW", "The message is no JSON object.");
      }
      object(parser, text, "", fields);
      if (parser.nextToken() != null) {
        return Message.faulty("BAD_ROW", "Something follows the JSON object.");
      }
    } catch (IOException e) {
      return Message.faulty("BAD_ROW", "The message is no JSON object, or is cut short.");
    }
    return checked(fields);
  }

  private static final class Fields {
    private final Map<String, String> values = new HashMap<>();
    private final Set<String> present = new HashSet<>();

    void put(String name, String value) {
      present.add(name);
      if (value != null) {
        values.put(name, value);
      }
    }
  }

  private static void object(JsonParser parser, String text, String prefix, Fields fields)
      throws IOException {
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_OBJECT;
        token = parser.nextToken()) {
      String name = prefix + parser.currentName();
      switch (parser.nextToken()) {
        case START_OBJECT -> {
          fields.present.add(name);
          object(parser, text, name + ".", fields);
        }
        case START_ARRAY -> fields.put(name, list(parser, text));
        case VALUE_NULL -> fields.put(name, null);
        default -> fields.put(name, parser.getText());
      }
    }
  }

  /** A list as it stands in the message. */
  private static String list(JsonParser parser, String text) throws IOException {
    int from = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    return text.substring(from, (int) parser.currentLocation().getCharOffset());
  }

  private Message checked(Fields fields) {
    String text = fields.values.get(VERSION);
    int version;
    try {
      version = Integer.parseInt(text == null ? "" : text);
    } catch (NumberFormatException e) {
      return Message.faulty(
          "UNKNOWN_VERSION",
          text == null
              ? "The message names no schema_version."
              : "The message's schema_version is no whole number.");
    }
    if (!topic.versions().contains(version)) {
      return Message.faulty(
          "UNKNOWN_VERSION",
          "schema_version is %d, understood are %s.".formatted(version, topic.versions()));
    }
    List<String> missing = new ArrayList<>();
    for (String column : header) {
      if (!fields.present.contains(column)
          && !optional.contains(column)
          && topic.since().getOrDefault(column, Integer.MIN_VALUE) <= version) {
        missing.add(column);
      }
    }
    if (!missing.isEmpty()) {
      return Message.faulty(
          "BAD_ROW",
          "The message of version %d lacks %s.".formatted(version, String.join(", ", missing)));
    }
    if (topic.isStrict()) {
      List<String> unknown =
          fields.present.stream()
              .filter(name -> !positions.containsKey(name) && !name.equals(VERSION))
              .filter(name -> header.stream().noneMatch(column -> column.startsWith(name + ".")))
              .sorted()
              .toList();
      if (!unknown.isEmpty()) {
        return Message.faulty(
            "BAD_ROW",
            "The message has %d field%s that the mapping does not name."
                .formatted(unknown.size(), unknown.size() == 1 ? "" : "s"));
      }
    }
    String[] cells = new String[header.size()];
    fields.values.forEach(
        (name, value) -> {
          Integer position = positions.get(name);
          if (position != null) {
            cells[position] = value;
          }
        });
    return new Message(cells, null, null);
  }
}
