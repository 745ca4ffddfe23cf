package io.servicelake.jobs.simulate;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Epoch days, and local seconds since 1970 (no zone), as the exports write them. */
final class Dates {
  static final DateTimeFormatter A = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  static final DateTimeFormatter B = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm");
  static final DateTimeFormatter C = DateTimeFormatter.ofPattern("yyyy/M/d H:mm");
  static final DateTimeFormatter E = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
  static final DateTimeFormatter D1 = DateTimeFormatter.ofPattern("yyyy-MM-dd");
  static final DateTimeFormatter D2 = DateTimeFormatter.ofPattern("yyyyMMdd");
  static final DateTimeFormatter D3 = DateTimeFormatter.ofPattern("yyyy年M月d日");
  static final DateTimeFormatter D4 = DateTimeFormatter.ofPattern("yyyy/M/d");
  static final long NEVER = Long.MIN_VALUE;
  static final int NO_DAY = Integer.MIN_VALUE;

  private Dates() {}

  static int plusMonths(int day, int months) {
    return (int) LocalDate.ofEpochDay(day).plusMonths(months).toEpochDay();
  }

  static int year(int day) {
    return LocalDate.ofEpochDay(day).getYear();
  }

  static int dayOf(long second) {
    return (int) Math.floorDiv(second, 86_400L);
  }

  static long at(int day, int minuteOfDay) {
    return day * 86_400L + minuteOfDay * 60L;
  }

  /** Empty for {@link #NEVER}. */
  static String stamp(long second, DateTimeFormatter format) {
    return second == NEVER
        ? ""
        : LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC).format(format);
  }

  /** Empty for {@link #NO_DAY}. */
  static String day(int day, DateTimeFormatter format) {
    return day == NO_DAY ? "" : LocalDate.ofEpochDay(day).format(format);
  }
}
