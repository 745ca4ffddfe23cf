package io.servicelake.jobs.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Plays the entries of simulated exports again as messages, in the order they were made: repair
 * orders, contacts and complaints as they stand, and the odometer of every order as a reading.
 */
public final class Replay {
  /** Topics that are written; those of conf/sources/demo-stream. */
  public static final List<String> TOPICS =
      List.of(
          "servicelake.repair-orders",
          "servicelake.contacts",
          "servicelake.complaints",
          "servicelake.vehicle-readings");

  private static final String DEALER = "经销商代码";
  private static final String CHANGED = "最后修改时间";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

  /** Takes messages as they become due. */
  public interface Sink {
    void send(String topic, String key, String text);
  }

  /** Waits for a time to pass. */
  public interface Pause {
    void await(Duration time);
  }

  /** One message: a moment of the entry, topic, key and content. */
  private record Message(LocalDateTime at, String topic, String key, ObjectNode text) {}

  /** Names of a kind's fields in a message, in the order of its columns from the second. */
  private record Kind(
      Table table, String topic, int version, String pattern, String times, String names) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              Table.REPAIR_ORDERS,
              TOPICS.get(0),
              2,
              "yyyy/MM/dd HH:mm",
              "appointment_at received_at promised_at completed_at delivered_at",
              "dealer order customer vin plate advisor appointment_at received_at promised_at completed_at delivered_at"
                  + " odometer concern_code concern status quote changed_at"),
          new Kind(
              Table.CONTACTS,
              TOPICS.get(1),
              1,
              "yyyy/M/d H:mm",
              "due_at made_at changed_at",
              "dealer contact customer order channel purpose due_at made_at reached caller repair_mark attitude_mark"
                  + " price_mark outcome remark changed_at"),
          new Kind(
              Table.COMPLAINTS,
              TOPICS.get(2),
              1,
              "yyyyMMddHHmmss",
              "received_at acknowledged_at assigned_at planned_at handled_at called_back_at closed_at changed_at",
              "dealer complaint customer order vin channel kind severity received_at acknowledged_at assigned_at"
                  + " planned_at handled_at called_back_at closed_at owner compensation reopened component words"
                  + " changed_at"));

  private final Path exports;

  /**
   * @param exports folder that {@link Simulation} has written to
   */
  public Replay(Path exports) {
    this.exports = exports;
  }

  /**
   * Plays the entries of some days; returns how many messages there were.
   *
   * @param speed how many times faster than they were made; 0: without any pause
   */
  public long play(LocalDate from, LocalDate until, double speed, Sink sink, Pause pause)
      throws IOException {
    List<Message> messages = new ArrayList<>();
    for (Kind kind : KINDS) {
      read(kind, from, until, messages);
    }
    messages.sort(
        Comparator.comparing(Message::at)
            .thenComparing(Message::topic)
            .thenComparing(Message::key));
    LocalDateTime now = from.atStartOfDay();
    for (Message message : messages) {
      if (speed > 0 && message.at().isAfter(now)) {
        pause.await(
            Duration.ofNanos(Math.round(Duration.between(now, message.at()).toNanos() / speed)));
        now = message.at();
      }
      sink.send(message.topic(), message.key(), message.text().toString());
    }
    return messages.size();
  }

  private void read(Kind kind, LocalDate from, LocalDate until, List<Message> messages)
      throws IOException {
    Path folder = exports.resolve(kind.table().folder);
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    for (Path file : files) {
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
          CSVParser rows = format.parse(reader)) {
        for (CSVRecord row : rows) {
          LocalDateTime at = changed(kind, row);
          if (!at.toLocalDate().isBefore(from) && !at.toLocalDate().isAfter(until)) {
            add(kind, row, at, messages);
          }
        }
      }
    }
  }

  private static LocalDateTime changed(Kind kind, CSVRecord row) {
    String pattern = kind.table() == Table.REPAIR_ORDERS ? "yyyy-MM-dd HH:mm:ss" : kind.pattern();
    return LocalDateTime.parse(row.get(CHANGED), DateTimeFormatter.ofPattern(pattern));
  }

  private static void add(Kind kind, CSVRecord row, LocalDateTime at, List<Message> messages) {
    DateTimeFormatter times = DateTimeFormatter.ofPattern(kind.pattern());
    List<String> timed = List.of(kind.times().split(" "));
    String[] names = kind.names().split(" ");
    ObjectNode text = JSON.createObjectNode().put("schema_version", kind.version());
    for (int i = 0; i < names.length; i++) {
      String cell = row.get(i).strip();
      if (names[i].equals("changed_at")) {
        text.put(names[i], ISO.format(at));
      } else if (cell.isEmpty()) {
        text.putNull(names[i]);
      } else if (timed.contains(names[i])) {
        text.put(names[i], ISO.format(LocalDateTime.parse(cell, times)));
      } else {
        text.put(names[i], cell);
      }
    }
    String key = row.get(DEALER) + ":" + row.get(1);
    messages.add(new Message(at, kind.topic(), key, text));
    if (kind.table() == Table.REPAIR_ORDERS
        && !text.path("odometer").isNull()
        && !text.path("vin").isNull()) {
      messages.add(reading(key, text, at));
    }
  }

  private static Message reading(String order, ObjectNode of, LocalDateTime at) {
    ObjectNode text = JSON.createObjectNode();
    Map.of("vin", "vin", "odometer", "odometer", "read_at", "received_at")
        .forEach((name, from) -> text.set(name, of.get(from)));
    text.put("schema_version", 1).put("reading", order).put("sent_at", ISO.format(at));
    return new Message(at, TOPICS.get(3), of.get("vin").asText(), text);
  }
}
