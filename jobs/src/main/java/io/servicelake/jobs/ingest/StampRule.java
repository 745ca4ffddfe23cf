package io.servicelake.jobs.ingest;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the stamp of a file comes from: a fixed instant, a part of its name, or else the time it
 * was changed.
 *
 * @param name pattern whose first group holds the stamp
 * @param pattern date pattern of that group
 * @param fixed stamp of every file
 */
public record StampRule(Optional<String> name, Optional<String> pattern, Optional<Instant> fixed) {

  /** The stamp of a file; its time of change where the name holds none. */
  public Instant stamp(String fileName, Instant changedAt, ZoneId zone) {
    if (fixed.isPresent()) {
      return fixed.get();
    }
    if (name.isPresent()) {
      Matcher matcher = Pattern.compile(name.get()).matcher(fileName);
      if (matcher.find()) {
        try {
          return LocalDateTime.parse(matcher.group(1), formatter(pattern.orElseThrow()))
              .atZone(zone)
              .toInstant();
        } catch (DateTimeParseException e) {
          return changedAt;
        }
      }
    }
    return changedAt;
  }

  static DateTimeFormatter formatter(String pattern) {
    return new DateTimeFormatterBuilder()
        .appendPattern(pattern.replace("yyyy", "uuuu"))
        .parseDefaulting(ChronoField.MONTH_OF_YEAR, 1)
        .parseDefaulting(ChronoField.DAY_OF_MONTH, 1)
        .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
        .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
        .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
        .toFormatter();
  }
}
