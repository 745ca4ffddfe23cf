package io.servicelake.jobs.ingest;

import java.text.ParsePosition;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts which date patterns the texts of a column have, and chooses the fewest that read them. */
final class DatePatterns {
  private static final List<String> KNOWN =
      List.of(
          "yyyy-MM-dd HH:mm:ss",
          "yyyy-MM-dd HH:mm",
          "yyyy-MM-dd",
          "yyyy/MM/dd HH:mm:ss",
          "yyyy/MM/dd HH:mm",
          "yyyy/MM/dd",
          "yyyyMMddHHmmss",
          "yyyyMMdd",
          "yyyy-M-d H:mm:ss",
          "yyyy-M-d H:mm",
          "yyyy-M-d",
          "yyyy/M/d H:mm:ss",
          "yyyy/M/d H:mm",
          "yyyy/M/d",
          "yyyy年M月d日",
          "yyyy年M月d日 HH:mm",
          "yyyy.MM.dd",
          "dd.MM.yyyy",
          "MM/dd/yyyy",
          "dd/MM/yyyy",
          "M/d/yyyy H:mm",
          "d/M/yyyy H:mm",
          "yyyy-MM-dd HH:mm:ss.SSS",
          "yyyy-MM-dd'T'HH:mm:ss",
          "yyyy-MM-dd'T'HH:mm:ssXXX",
          "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
  private static final List<DateTimeFormatter> FORMATS =
      KNOWN.stream()
          .map(
              pattern ->
                  DateTimeFormatter.ofPattern(pattern.replace("yyyy", "uuuu"))
                      .withResolverStyle(ResolverStyle.STRICT))
          .toList();
  private static final double ENOUGH = 0.995;
  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = 2100;
  private static final int SHORTEST = 8;
  private static final int LONGEST = 30;

  /** How many texts fit exactly a set of patterns; a set is a number with a bit for each. */
  private final Map<Integer, Long> sets = new HashMap<>();

  private long seen;

  void add(String text) {
    seen++;
    if (text.length() < SHORTEST || text.length() > LONGEST || !Character.isDigit(text.charAt(0))) {
      return;
    }
    int set = 0;
    for (int i = 0; i < FORMATS.size(); i++) {
      set |= fits(FORMATS.get(i), text) ? 1 << i : 0;
    }
    if (set != 0) {
      sets.merge(set, 1L, Long::sum);
    }
  }

  /** Share of the texts that some pattern reads. */
  double share() {
    return seen == 0 ? 0 : (double) sets.values().stream().mapToLong(Long::longValue).sum() / seen;
  }

  /** The fewest patterns that read nearly all that can be read. */
  List<String> chosen() {
    Map<Integer, Long> left = new HashMap<>(sets);
    long all = sets.values().stream().mapToLong(Long::longValue).sum();
    List<String> chosen = new ArrayList<>();
    while (left.values().stream().mapToLong(Long::longValue).sum() > all * (1 - ENOUGH)) {
      int best = 0;
      long most = -1;
      for (int i = 0; i < KNOWN.size(); i++) {
        int bit = 1 << i;
        long read =
            left.entrySet().stream()
                .filter(entry -> (entry.getKey() & bit) != 0)
                .mapToLong(Map.Entry::getValue)
                .sum();
        if (read > most) {
          most = read;
          best = i;
        }
      }
      int bit = 1 << best;
      left.keySet().removeIf(set -> (set & bit) != 0);
      chosen.add(KNOWN.get(best));
    }
    return chosen;
  }

  private static boolean fits(DateTimeFormatter format, String text) {
    ParsePosition end = new ParsePosition(0);
    TemporalAccessor parsed = format.parseUnresolved(text, end);
    if (parsed == null || end.getErrorIndex() >= 0 || end.getIndex() < text.length()) {
      return false;
    }
    try {
      int year = LocalDate.from(format.parse(text)).get(ChronoField.YEAR);
      return year >= FIRST_YEAR && year <= LAST_YEAR;
    } catch (java.time.DateTimeException e) { // No such day, as 0000-00-00.
      return false;
    }
  }
}
