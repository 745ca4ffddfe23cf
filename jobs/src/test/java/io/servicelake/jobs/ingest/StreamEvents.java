package io.servicelake.jobs.ingest;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Made-up events of all four kinds as the shipped mappings of conf/sources/demo-stream read them:
 * of each 100, 5 come late, 2 come twice, and 1 that cannot be read comes with them.
 */
final class StreamEvents {
  static final List<String> TOPICS =
      List.of(
          "servicelake.repair-orders",
          "servicelake.contacts",
          "servicelake.complaints",
          "servicelake.vehicle-readings");
  static final List<String> SOURCES =
      List.of("repair_orders", "contacts", "complaints", "vehicle_readings");

  private static final LocalDateTime BASE = LocalDateTime.of(2024, 1, 1, 8, 0);
  private static final List<String> STATES = List.of("在修", "已完工", "已交车");
  private static final int REACH = 20_000;

  /**
   * A message in the order it is sent.
   *
   * @param kind position in {@link #TOPICS}
   * @param cells fields by name; null if it cannot be read
   * @param isRepeat true if it was sent before
   */
  record Event(
      int kind,
      String key,
      byte[] value,
      Map<String, String> cells,
      boolean isRepeat,
      long place) {}

  /** Takes events one by one. */
  @FunctionalInterface
  interface Taker {
    void take(Event event) throws Exception;
  }

  private final int count;
  private final Random random;
  private final String[] vins;

  StreamEvents(int count, long seed) {
    this.count = count;
    this.random = new Random(seed);
    this.vins = new String[Math.max(10, Math.min(20_000, count / 20))];
    for (int i = 0; i < vins.length; i++) {
      vins[i] = vin(i);
    }
  }

  void forEach(Taker taker) throws Exception {
    PriorityQueue<Event> waiting = new PriorityQueue<>(Comparator.comparingLong(Event::place));
    for (int i = 0; i < count; i++) {
      long place = i;
      Map<String, String> cells = cells(i);
      if (random.nextInt(100) < 5) {
        place += 1 + random.nextInt(REACH);
      }
      waiting.add(event(i % 4, cells, false, place));
      if (random.nextInt(100) < 2) {
        waiting.add(event(i % 4, cells, true, place + random.nextInt(REACH)));
      }
      if (random.nextInt(100) < 1) {
        taker.take(new Event(i % 4, "broken", broken(cells, i), null, false, place));
      }
      while (!waiting.isEmpty() && waiting.peek().place() <= i) {
        taker.take(waiting.poll());
      }
    }
    while (!waiting.isEmpty()) {
      taker.take(waiting.poll());
    }
  }

  /** Names of the fields of a kind. */
  static List<String> columns(int kind) {
    return List.copyOf(new StreamEvents(40, 1).cells(kind).keySet());
  }

  private Map<String, String> cells(int i) {
    int kind = i % 4;
    int entity = random.nextInt(Math.max(1, count / 8));
    String dealer = "SH0" + (1 + entity % 8);
    String at = BASE.plusSeconds(entity * 7L % 20_000_000).toString();
    String started = at.length() == 16 ? at + ":00" : at;
    String stamp = BASE.plusYears(1).plusSeconds(i).toString();
    String changed = stamp.length() == 16 ? stamp + ":00" : stamp;
    String customer = "C" + entity % 50_000;
    String vin = vins[entity % vins.length];
    Map<String, String> cells = new LinkedHashMap<>();
    if (kind == 3) {
      put(cells, "reading", "R" + entity, "vin", vin, "read_at", started);
      put(cells, "odometer", "" + i % 200_000, "measure", "battery_volts");
      put(cells, "value", "12." + i % 10, "sent_at", changed);
      return cells;
    }
    put(cells, "dealer", dealer, "customer", customer, "order", "RO" + entity);
    if (kind == 0) {
      put(
          cells,
          "vin",
          vin,
          "plate",
          "沪A%05d".formatted(entity % 90_000),
          "advisor",
          "A" + entity % 20);
      put(cells, "appointment_at", null, "received_at", started, "promised_at", null);
      put(cells, "completed_at", null, "delivered_at", null, "odometer", "" + i % 200_000);
      put(
          cells,
          "concern_code",
          "BRAKE",
          "concern",
          "call 139%08d".formatted(entity),
          "status",
          STATES.get(i / 4 % 3));
      put(cells, "quote", i % 8 == 0 ? null : i % 5000 + ".50", "changed_at", changed);
    } else if (kind == 1) {
      put(cells, "contact", "F" + entity, "channel", "电话", "purpose", "维修回访", "due_at", started);
      put(cells, "made_at", null, "reached", i % 3 == 0 ? "是" : "否", "caller", "B" + entity % 9);
      put(cells, "repair_mark", "" + (1 + i % 5), "attitude_mark", null, "price_mark", null);
      put(cells, "outcome", "表扬", "remark", "好", "changed_at", changed);
    } else {
      put(cells, "complaint", "T" + entity, "vin", vin, "channel", "热线", "kind", "费用争议");
      put(cells, "severity", i % 7 == 0 ? "重大" : "普通", "received_at", started);
      put(
          cells,
          "acknowledged_at",
          null,
          "assigned_at",
          null,
          "planned_at",
          null,
          "handled_at",
          null);
      put(cells, "called_back_at", null, "closed_at", null, "owner", null, "compensation", null);
      put(cells, "reopened", "否", "component", null, "words", "太贵", "changed_at", changed);
    }
    return cells;
  }

  private static void put(Map<String, String> cells, String... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      cells.put(namesAndValues[i], namesAndValues[i + 1]);
    }
  }

  private static Event event(int kind, Map<String, String> cells, boolean isRepeat, long place) {
    return new Event(kind, key(kind, cells), json(kind, cells), cells, isRepeat, place);
  }

  private static String key(int kind, Map<String, String> cells) {
    return switch (kind) {
      case 0 -> cells.get("dealer") + ":" + cells.get("order");
      case 1 -> cells.get("dealer") + ":" + cells.get("contact");
      case 2 -> cells.get("dealer") + ":" + cells.get("complaint");
      default -> cells.get("vin");
    };
  }

  private static byte[] json(int kind, Map<String, String> cells) {
    boolean isFirst = kind == 0 && cells.get("quote") == null;
    StringBuilder json = new StringBuilder("{\"schema_version\":");
    json.append(kind == 0 && !isFirst ? 2 : 1);
    cells.forEach(
        (name, value) -> {
          if (!(isFirst && name.equals("quote"))) {
            json.append(",\"").append(name).append("\":");
            json.append(value == null ? "null" : "\"" + value + "\"");
          }
        });
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private byte[] broken(Map<String, String> cells, int i) {
    byte[] whole = json(i % 4, cells);
    return switch (random.nextInt(3)) {
      case 0 -> java.util.Arrays.copyOf(whole, whole.length / 2);
      case 1 ->
          new String(whole, StandardCharsets.UTF_8)
              .replaceFirst("\"schema_version\":\\d", "\"schema_version\":9")
              .getBytes(StandardCharsets.UTF_8);
      default -> new byte[] {'{', (byte) 0xC4, (byte) 0xE3, '}'};
    };
  }

  /** A number with a right check digit. */
  private static String vin(int number) {
    List<String> signs = new ArrayList<>(List.of("X"));
    for (int digit = 0; digit < 10; digit++) {
      signs.add(Integer.toString(digit));
    }
    return signs.stream()
        .map(sign -> "LSVAU033" + sign + "%08d".formatted(number))
        .filter(vin -> Vins.isValid(vin, true))
        .findFirst()
        .orElseThrow();
  }
}
