package io.servicelake.jobs.ingest;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the values of a raw column look like, gathered in bounded memory. */
final class ColumnProfile {
  /** Values whose look is examined one by one; later ones only by samples. */
  private static final int EXAMINED = 20_000;

  private static final int EVERY = 50;
  private static final int MOST_CODES = 60;
  private static final int MOST_HASHES = 500_000;
  private static final Set<String> NO_VALUES =
      Set.of("-", "--", "无", "NULL", "null", "N/A", "NA", "n/a", "\\N", "None", "nan");

  private final String name;
  private final Map<ValueShape, Long> shapes = new EnumMap<>(ValueShape.class);
  private final Map<String, Long> codes = new TreeMap<>();
  private final Set<String> nullTokens = new TreeSet<>();
  private final Set<Long> hashes = new HashSet<>();
  private final DatePatterns dates = new DatePatterns();
  private long rows;
  private long filled;
  private long examined;
  private long characters;
  private boolean isRepeated;
  private boolean isManyValued;

  ColumnProfile(String name) {
    this.name = name;
  }

  void add(String cell) {
    rows++;
    String text = cell.strip();
    if (NO_VALUES.contains(text)) {
      nullTokens.add(text);
      text = "";
    }
    if (text.isEmpty()) {
      return;
    }
    filled++;
    if (hashes.size() < MOST_HASHES && !hashes.add(hash(text))) {
      isRepeated = true;
    }
    if (!isManyValued) {
      codes.merge(text, 1L, Long::sum);
      isManyValued = codes.size() > MOST_CODES;
    }
    if (filled <= EXAMINED || filled % EVERY == 0) {
      examine(text);
    }
  }

  String name() {
    return name;
  }

  /** Share of rows without a value. */
  double nullShare() {
    return rows == 0 ? 1 : 1 - (double) filled / rows;
  }

  /** Share of the examined values that look so. */
  double share(ValueShape shape) {
    return examined == 0 ? 0 : (double) shapes.getOrDefault(shape, 0L) / examined;
  }

  double dateShare() {
    return dates.share();
  }

  List<String> datePatterns() {
    return dates.chosen();
  }

  Set<String> nullTokens() {
    return nullTokens;
  }

  /** True if every row has a value of its own, as far as was looked. */
  boolean isKey() {
    return filled > 0 && filled == rows && !isRepeated;
  }

  /** The values if they are few and come again, else nothing. */
  Map<String, Long> codes() {
    boolean isFew = !isManyValued && codes.size() * 4L <= filled;
    return isFew ? codes : Map.of();
  }

  double averageLength() {
    return examined == 0 ? 0 : (double) characters / examined;
  }

  boolean isNumber() {
    return share(ValueShape.NUMBER) > 0.9;
  }

  boolean isDate() {
    return dateShare() > 0.8;
  }

  /** What it looks like, in words. */
  String look() {
    if (filled == 0) {
      return "empty";
    }
    if (isDate()) {
      return "dates " + String.join(", ", datePatterns());
    }
    for (ValueShape shape :
        List.of(ValueShape.VIN, ValueShape.PLATE, ValueShape.PHONE, ValueShape.EMAIL)) {
      if (share(shape) > 0.5) {
        return "%s %.0f %%"
            .formatted(shape.name().toLowerCase(java.util.Locale.ROOT), 100 * share(shape));
      }
    }
    if (!codes().isEmpty()) {
      return "%d codes".formatted(codes().size());
    }
    if (isNumber()) {
      return share(ValueShape.INTEGER) > 0.99 ? "whole numbers" : "numbers";
    }
    return share(ValueShape.WORDS) > 0.3 ? "words" : "texts";
  }

  private void examine(String text) {
    examined++;
    characters += text.length();
    for (ValueShape shape : ValueShape.values()) {
      if (shape.fits(text)) {
        shapes.merge(shape, 1L, Long::sum);
      }
    }
    dates.add(text);
  }

  /** FNV-1a of 64 bits. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
