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
    String cases =
        words.entrySet().stream()
            .map(word -> "WHEN '%s' THEN '%s'".formatted(word.getKey(), word.getValue().both()))
            .collect(Collectors.joining("\n"));
    return new DerivedColumn(
        wordsName(codes),
        "TEXT",
        "CASE %s\n%s\nELSE %s END".formatted(codes.name(), cases, codes.name()),
        Labels.of(codes),
        codes.meaning());
  }

  /** Name of the column that {@link #wordsFor} makes. */
  static String wordsName(Field codes) {
    return codes.name() + "_words";
  }
}
