package io.servicelake.jobs.ingest;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How exports of dealer systems name what the silver tables hold. */
final class TradeWords {
  /** Score of a header that is a word of the trade. */
  static final double SAME = 1;

  /** Score of a Chinese header that holds one. */
  static final double WITHIN = 0.6;

  private static final int LONG_ENOUGH = 3;

  /**
   * What is known of a silver table.
   *
   * @param key its key columns
   * @param distinct columns that tell it from others
   * @param words names of each column in exports
   * @param codes meaning of each text, by column
   */
  record Table(
      List<String> key,
      List<String> distinct,
      Map<String, List<String>> words,
      Map<String, Map<String, String>> codes) {}

  private final Map<PersonalKind, List<String>> personal = new LinkedHashMap<>();
  private final Map<String, Table> tables = new LinkedHashMap<>();
  private final List<String> stamps;

  private TradeWords(Config config) {
    for (PersonalKind kind : PersonalKind.values()) {
      personal.put(kind, folded(config.getStringList("personal." + kind.id())));
    }
    stamps = folded(config.getStringList("stamp"));
    ConfigObject all = config.getObject("tables");
    all.keySet().stream().sorted().forEach(name -> tables.put(name, table(config, name)));
  }

  static TradeWords load() {
    return new TradeWords(
        ConfigFactory.parseResources(TradeWords.class, "trade-words.conf").resolve());
  }

  Map<String, Table> tables() {
    return tables;
  }

  /** How well a header names a column of a table, 0 to 1. */
  double score(String header, String table, String column) {
    return score(header, tables.get(table).words().getOrDefault(column, List.of()));
  }

  double score(String header, PersonalKind kind) {
    return score(header, personal.get(kind));
  }

  /** True if a header is a word for some column of some table. */
  boolean isKnown(String header) {
    return tables.values().stream()
        .flatMap(table -> table.words().values().stream())
        .anyMatch(names -> score(header, names) == SAME);
  }

  double stampScore(String header) {
    return score(header, stamps);
  }

  /** The code that a text stands for; null if it is not known. */
  String code(String table, String column, String text) {
    return tables.get(table).codes().getOrDefault(column, Map.of()).get(folded(text));
  }

  /** Width, case, spaces and signs make no difference. */
  static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]", "");
  }

  private static double score(String header, List<String> words) {
    String whole = folded(header);
    String bare = folded(header.replaceAll("[(（].*", ""));
    if (words.contains(whole) || words.contains(bare)) {
      return SAME;
    }
    boolean isWithin =
        words.stream()
            .anyMatch(
                word ->
                    word.length() >= LONG_ENOUGH
                        && word.codePoints().allMatch(TradeWords::isHan)
                        && whole.contains(word));
    return isWithin ? WITHIN : 0;
  }

  private static boolean isHan(int c) {
    return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
  }

  private static List<String> folded(List<String> words) {
    return words.stream().map(TradeWords::folded).toList();
  }

  private static Table table(Config config, String name) {
    Config table = config.getConfig("tables." + name);
    Map<String, List<String>> words = new LinkedHashMap<>();
    Config columns = table.getConfig("columns");
    for (String column : columns.root().keySet()) {
      words.put(column, folded(columns.getStringList(column)));
    }
    Map<String, Map<String, String>> codes = new LinkedHashMap<>();
    if (table.hasPath("codes")) {
      for (String column : table.getObject("codes").keySet()) {
        Map<String, String> of = new LinkedHashMap<>();
        table
            .getObject("codes." + column)
            .forEach((text, code) -> of.put(folded(text), String.valueOf(code.unwrapped())));
        codes.put(column, of);
      }
    }
    return new Table(
        new ArrayList<>(table.getStringList("key")),
        new ArrayList<>(table.getStringList("distinct")),
        words,
        codes);
  }
}
