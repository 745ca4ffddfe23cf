package io.servicelake.jobs.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One JSON object as texts by dotted name. Numbers keep their digits as written, lists their JSON
 * text; null is no value.
 */
final class JsonLine {
  private static final int MAX_DEPTH = 100;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(TextLines.MAX_BYTES)
                  .build())
          .build();

  private final String line;
  private final Set<String> wholes;
  private final Map<String, String> cells = new LinkedHashMap<>();

  private JsonLine(String line, Set<String> wholes) {
    this.line = line;
    this.wholes = wholes;
  }

  /**
   * The values of a line.
   *
   * @param wholes names of inner objects that are wanted as JSON text too
   * @throws IOException if the line is no single JSON object; the message may quote the line
   */
  static Map<String, String> cells(String line, Set<String> wholes) throws IOException {
    JsonLine reader = new JsonLine(line, wholes);
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      reader.object(parser, "");
      if (parser.nextToken() != null) {
        throw new IOException("more than one object");
      }
    }
    return reader.cells;
  }

  private void object(JsonParser parser, String prefix) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = prefix + parser.currentName();
      JsonToken token = parser.nextToken();
      long start = parser.currentTokenLocation().getCharOffset();
      if (token == JsonToken.START_OBJECT) {
        object(parser, name + ".");
        if (wholes.contains(name)) {
          put(name, written(parser, start));
        }
      } else if (token == JsonToken.START_ARRAY) {
        parser.skipChildren();
        put(name, written(parser, start));
      } else if (token != JsonToken.VALUE_NULL) {
        put(name, parser.getText());
      }
    }
  }

  private String written(JsonParser parser, long start) {
    return line.substring((int) start, (int) parser.currentTokenLocation().getCharOffset() + 1);
  }

  private void put(String name, String value) throws IOException {
    if (cells.putIfAbsent(name, value) != null) {
      throw new IOException("one name twice");
    }
  }
}
