package io.servicelake.jobs.bi;

import io.servicelake.contract.Field;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A column a dataset computes from the columns of its table.
 *
 * @param type SQL type
 * @param expression SQL over the table's columns; keywords in capitals, columns not
 */
record DerivedColumn(String name, String type, String expression, Labels labels, String meaning) {

  /** Codes as words in both languages; a code without words shows as it is. */
  static DerivedColumn wordsFor(Field codes, Map<String, Labels> words) {
    return new DerivedColumn(
        wordsName(codes), "TEXT", cases(codes, words), Labels.of(codes), codes.meaning());
  }

  /** SQL of the words; a code without words as it is. */
  static String cases(Field codes, Map<String, Labels> words) {
    return cases(codes, words, codes.name());
  }

  /** SQL of the words; the other expression for null and codes without words. */
  static String cases(Field codes, Map<String, Labels> words, String otherwise) {
    String cases =
        words.entrySet().stream()
            .map(word -> "WHEN '%s' THEN '%s'".formatted(word.getKey(), word.getValue().both()))
            .collect(Collectors.joining("\n"));
    return "CASE %s\n%s\nELSE %s END".formatted(codes.name(), cases, otherwise);
  }

  /** Name of the column that {@link #wordsFor} makes. */
  static String wordsName(Field codes) {
    return codes.name() + "_words";
  }

  /** True in months of which every day is counted. */
  static DerivedColumn isWholeMonth(Field untilOn) {
    return new DerivedColumn(
        "is_whole_month",
        "BOOLEAN",
        "EXTRACT(DAY FROM %s + INTERVAL '1 day') = 1".formatted(untilOn.name()),
        new Labels("Whole month", "完整月"),
        "False for the month the as-of day cuts off.");
  }

  /** A text in English and in Chinese, one after the other; null where one is. */
  static DerivedColumn bothLanguages(String name, Field english, Field chinese, Labels labels) {
    return new DerivedColumn(
        name,
        "TEXT",
        "%s || ' ' || %s".formatted(english.name(), chinese.name()),
        labels,
        english.meaning());
  }
}
