package io.servicelake.jobs.ingest;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a file probably holds: personal columns, the silver tables it feeds and from which columns.
 */
final class MappingProposal {
  private static final double MOSTLY = 0.6;
  private static final double PROSE_LENGTH = 25;
  private static final int ENOUGH = 4;
  private static final int KEY_POINTS = 3;
  private static final int DISTINCT_POINTS = 2;
  private static final double NEARLY_BEST = 0.5;

  /** Facts, whose key can be made of the row where the export has none. */
  private static final List<String> FACTS =
      List.of("repair_orders", "repair_order_lines", "complaints", "contacts", "vehicle_readings");

  /** Which personal column feeds a column of silver. */
  private static final Map<String, PersonalKind> BY_KIND =
      Map.of(
          "customer_record_id", PersonalKind.CUSTOMER,
          "vehicle_id", PersonalKind.VIN,
          "plate_token", PersonalKind.PLATE,
          "name_token", PersonalKind.NAME,
          "phone_token", PersonalKind.PHONE,
          "email_token", PersonalKind.EMAIL,
          "address_token", PersonalKind.ADDRESS,
          "birth_year", PersonalKind.BIRTHDAY);

  /**
   * A column found for another.
   *
   * @param sure 0 to 1
   */
  record Match(ColumnProfile column, double sure) {}

  /**
   * A silver table that the file may feed.
   *
   * @param score points: three for a key, two for a column that tells the table from others, one
   *     for every other
   */
  record Target(TableContract table, Map<String, Match> matches, int score) {}

  private final FileProfile file;
  private final TradeWords words;
  private final Map<String, PersonalKind> personal = new LinkedHashMap<>();
  private final List<Target> targets = new ArrayList<>();

  MappingProposal(FileProfile file, TradeWords words, List<TableContract> tables) {
    this.file = file;
    this.words = words;
    for (ColumnProfile column : file.columns()) {
      kind(column).ifPresent(kind -> personal.put(column.name(), kind));
    }
    List<Target> likely =
        tables.stream()
            .filter(table -> words.tables().containsKey(table.name()))
            .map(this::target)
            .filter(this::isLikely)
            .sorted(
                Comparator.comparingInt(Target::score)
                    .reversed()
                    .thenComparing(target -> target.table().name()))
            .toList();
    for (Target target : likely) {
      if (target.score() >= NEARLY_BEST * likely.get(0).score()) {
        targets.add(target);
      }
    }
  }

  FileProfile file() {
    return file;
  }

  /** Personal columns by name. */
  Map<String, PersonalKind> personal() {
    return personal;
  }

  /** Tables the file feeds, the likeliest first; empty if none is likely. */
  List<Target> targets() {
    return targets;
  }

  /** The column that names the dealer. */
  Optional<String> dealer() {
    return best("dealers", "dealer_id").map(match -> match.column().name());
  }

  /** The column that tells when a row was changed last. */
  Optional<ColumnProfile> stamp() {
    return file.columns().stream()
        .filter(column -> column.isDate() && words.stampScore(column.name()) > 0)
        .max(Comparator.comparingDouble(column -> words.stampScore(column.name())));
  }

  /** Personal columns that other values may belong to. */
  List<String> subjects() {
    return personal.entrySet().stream()
        .filter(entry -> entry.getValue().isSubject())
        .sorted(Comparator.comparingInt(entry -> entry.getValue().ordinal()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private Optional<PersonalKind> kind(ColumnProfile column) {
    Map<ValueShape, PersonalKind> byLook =
        Map.of(
            ValueShape.VIN, PersonalKind.VIN,
            ValueShape.PLATE, PersonalKind.PLATE,
            ValueShape.PHONE, PersonalKind.PHONE,
            ValueShape.EMAIL, PersonalKind.EMAIL);
    for (Map.Entry<ValueShape, PersonalKind> look : byLook.entrySet()) {
      if (column.share(look.getKey()) > MOSTLY) {
        return Optional.of(look.getValue());
      }
    }
    PersonalKind best = null;
    double most = 0;
    for (PersonalKind kind : PersonalKind.values()) {
      double score = words.score(column.name(), kind);
      if (score > most && isPossible(column, kind)) {
        most = score;
        best = kind;
      }
    }
    if (best == null && isProse(column)) {
      return Optional.of(PersonalKind.WORDS);
    }
    return Optional.ofNullable(best);
  }

  /** Long texts under a header that is no word of the trade. */
  private boolean isProse(ColumnProfile column) {
    return column.share(ValueShape.WORDS) > MOSTLY
        && column.averageLength() > PROSE_LENGTH
        && !column.isDate()
        && !words.isKnown(column.name());
  }

  private static boolean isPossible(ColumnProfile column, PersonalKind kind) {
    return switch (kind) {
      case NAME, ADDRESS -> !column.isNumber() && !column.isDate();
      case WORDS -> !column.isNumber() && !column.isDate() && column.codes().isEmpty();
      case BIRTHDAY -> column.isDate();
      case CUSTOMER, STAFF -> !column.isDate();
      // By its look, if it has values; an empty one is believed by its name.
      case VIN, PLATE, EMAIL -> column.nullShare() == 1;
      case PHONE -> column.codes().isEmpty();
    };
  }

  private Target target(TableContract table) {
    TradeWords.Table known = words.tables().get(table.name());
    Map<String, Match> matches = new LinkedHashMap<>();
    int score = 0;
    for (Field field : table.fields()) {
      Optional<Match> match = match(table, field);
      if (match.isPresent()) {
        matches.put(field.name(), match.get());
        score +=
            known.key().contains(field.name())
                ? KEY_POINTS
                : known.distinct().contains(field.name()) ? DISTINCT_POINTS : 1;
      }
    }
    return new Target(table, matches, score);
  }

  private boolean isLikely(Target target) {
    TradeWords.Table known = words.tables().get(target.table().name());
    boolean isDistinct =
        known.distinct().stream()
            .anyMatch(
                column -> target.matches().containsKey(column) && !known.key().contains(column));
    boolean hasKey = known.key().stream().allMatch(target.matches()::containsKey);
    return target.score() >= ENOUGH
        && isDistinct
        && (hasKey || FACTS.contains(target.table().name()));
  }

  private Optional<Match> match(TableContract table, Field field) {
    PersonalKind kind = BY_KIND.get(field.name());
    if (kind != null) {
      Optional<String> column =
          personal.entrySet().stream()
              .filter(entry -> entry.getValue() == kind)
              .map(Map.Entry::getKey)
              .findFirst();
      if (column.isPresent()) {
        return column.map(name -> new Match(column(name), TradeWords.SAME));
      }
    }
    return best(table.name(), field.name()).filter(match -> isReadable(match.column(), field));
  }

  private Optional<Match> best(String table, String field) {
    return file.columns().stream()
        .map(column -> new Match(column, words.score(column.name(), table, field)))
        .filter(match -> match.sure() > 0)
        .max(Comparator.comparingDouble(Match::sure));
  }

  /** True if the column's values look like those of the field's type. */
  private boolean isReadable(ColumnProfile column, Field field) {
    if (column.nullShare() == 1) {
      return true;
    }
    return switch (field.type().typeName()) {
      case "date", "timestamp" -> column.isDate();
      case "integer", "long", "double" -> column.isNumber();
      case "boolean" -> column.share(ValueShape.TRUTH) > MOSTLY;
      default -> {
        boolean isToken = field.name().endsWith("_masked") || field.name().endsWith("_token");
        yield !isToken || personal.containsKey(column.name());
      }
    };
  }

  private ColumnProfile column(String name) {
    return file.columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
