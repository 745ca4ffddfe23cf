package io.servicelake.jobs.ingest;

import com.typesafe.config.ConfigUtil;
import io.servicelake.contract.Field;
import io.servicelake.contract.Versioned;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes a proposal as a mapping file for a person to edit: every line says why it stands and how
 * sure it is. Values of personal columns are not quoted.
 */
final class ProposalText {
  private static final Pattern CODE = Pattern.compile("\\b[A-Z][A-Z_]{2,}\\b");
  private static final Set<String> WITH_DEALER =
      Set.of("repair_order_id", "complaint_id", "contact_id");

  private final MappingProposal proposal;
  private final TradeWords words;
  private final String zone;
  private final StringBuilder text = new StringBuilder();

  ProposalText(MappingProposal proposal, TradeWords words, String zone) {
    this.proposal = proposal;
    this.words = words;
    this.zone = zone;
  }

  String render() {
    head();
    columns();
    layout();
    personal();
    proposal.targets().forEach(this::target);
    if (proposal.targets().isEmpty()) {
      line(
          "# It feeds no silver table as far as can be told: none has enough of its columns here.");
      line("targets {}");
    }
    return text.toString();
  }

  private void head() {
    FileProfile file = proposal.file();
    line(
        "# Proposed from %s: %d records, %d of them cannot be read.",
        quoted(file.file().name()), file.rows(), file.refused());
    line(
        "# To be edited: what is marked ASSUMED is not in the file. Then: servicelake sources check");
    for (MappingProposal.Target target : proposal.targets()) {
      line("# It feeds silver.%s: %d points.", target.table().name(), target.score());
    }
  }

  private void columns() {
    line("#");
    line("# %-28s %7s  %s", "column", "empty", "look");
    for (ColumnProfile column : proposal.file().columns()) {
      line(
          "# %-28s %5.1f %%  %s%s",
          quoted(column.name()),
          100 * column.nullShare(),
          column.look(),
          column.isKey() ? "; a key" : "");
    }
  }

  private void layout() {
    FileProfile file = proposal.file();
    FileFormat format = file.format();
    line("");
    line("source = %s", sourceName());
    line("files  = %s", list(patterns()));
    List<String> parts = new ArrayList<>();
    parts.add("kind = " + format.kind().name().toLowerCase(Locale.ROOT));
    if (format.kind() == FileFormat.Kind.CSV) {
      parts.add(
          "delimiter = " + (format.delimiter().equals("\t") ? "tab" : quoted(format.delimiter())));
    }
    if (format.kind().isText()) {
      parts.add("encoding = " + quoted(format.encoding()));
    }
    if (!file.hasHeader()) {
      parts.add("columns = " + list(format.columns()));
    }
    line("format { %s }", String.join(", ", parts));
    line("zone   = %s   # ASSUMED", quoted(zone));
    Set<String> patterns = new LinkedHashSet<>();
    Set<String> nullTokens = new LinkedHashSet<>();
    boolean isGrouped = false;
    for (ColumnProfile column : file.columns()) {
      if (column.isDate()) {
        patterns.addAll(column.datePatterns());
      }
      nullTokens.addAll(column.nullTokens());
      isGrouped |= column.share(ValueShape.GROUPED) > 0 && column.isNumber();
    }
    // Read the same by every mapping, whatever dates the file has.
    patterns.add("yyyy-MM-dd HH:mm:ss");
    line("dates  = %s", list(patterns));
    if (isGrouped) {
      line("numbers { decimal = \".\", grouping = \",\" }");
    }
    if (!nullTokens.isEmpty()) {
      line("null_tokens = %s", list(nullTokens));
    }
    if (file.format().kind() == FileFormat.Kind.JSONL) {
      line("# Objects may lack a name; columns that none of them has are told by the check.");
    }
  }

  private void personal() {
    if (proposal.personal().isEmpty()) {
      return;
    }
    List<String> subjects = proposal.subjects();
    line("");
    line("personal {");
    proposal
        .personal()
        .forEach(
            (column, kind) -> {
              boolean needsSubject = kind.isSecret() && kind != PersonalKind.VIN;
              if (needsSubject && subjects.isEmpty()) {
                line(
                    "  # %s is %s, but nothing says whose: it is left behind.",
                    quoted(column), kind.id());
                return;
              }
              List<String> parts = new ArrayList<>();
              parts.add("kind = " + kind.id());
              boolean isNumber = kind == PersonalKind.CUSTOMER || kind == PersonalKind.STAFF;
              if (isNumber) {
                proposal
                    .dealer()
                    .ifPresent(dealer -> parts.add("with = [%s]".formatted(quoted(dealer))));
              }
              if (needsSubject) {
                parts.add("subject = " + list(subjects));
              }
              if (kind == PersonalKind.BIRTHDAY) {
                parts.add("patterns = " + list(profile(column).datePatterns()));
              }
              line("  %s { %s }", quoted(column), String.join(", ", parts));
            });
    line("}");
  }

  private void target(MappingProposal.Target target) {
    line("");
    line("targets.%s.columns {", target.table().name());
    for (Field field : target.table().fields()) {
      if (TargetReader.isFilledByMapping(field)) {
        column(target, field);
      }
    }
    line("}");
  }

  private void column(MappingProposal.Target target, Field field) {
    if (field.equals(Versioned.KNOWN_AT) || field.equals(Versioned.OCCURRED_AT)) {
      time(target, field);
      return;
    }
    MappingProposal.Match match = target.matches().get(field.name());
    if (match != null && !isLeftBehind(match.column().name())) {
      line(
          "  %s %s   # sure %.1f; %.0f %% filled",
          field.name(),
          rule(target, field, match.column()),
          match.sure(),
          100 * (1 - match.column().nullShare()));
    } else if (!field.isNullable()) {
      line("  %s %s   # ASSUMED: %s", field.name(), assumed(target, field), field.meaning());
    }
  }

  private String rule(MappingProposal.Target target, Field field, ColumnProfile column) {
    String raw = quoted(column.name());
    PersonalKind kind = proposal.personal().get(column.name());
    if (kind != null) {
      boolean mayFail =
          field.isNullable() && (kind == PersonalKind.VIN || kind == PersonalKind.BIRTHDAY);
      return mayFail ? "{ column = %s, on_fault = null }".formatted(raw) : "= " + raw;
    }
    Optional<String> dealer = proposal.dealer();
    if (WITH_DEALER.contains(field.name()) && dealer.isPresent()) {
      return "{ join = [%s, %s] }".formatted(quoted(dealer.get()), raw);
    }
    if (field.name().equals("dealer_id") || field.name().equals("part_id")) {
      return "{ column = %s, upper = true }".formatted(raw);
    }
    return switch (field.type().typeName()) {
      case "date", "timestamp" ->
          "{ column = %s, patterns = %s }".formatted(raw, list(column.datePatterns()));
      case "boolean" ->
          field.isNullable() ? "= " + raw : "{ column = %s, default = false }".formatted(raw);
      case "integer", "long", "double" -> number(field, column);
      default -> codes(target, field, column);
    };
  }

  private static String number(Field field, ColumnProfile column) {
    String raw = quoted(column.name());
    String header = column.name().toLowerCase(Locale.ROOT);
    String unit = "";
    if (field.name().endsWith("_amount_minor")) {
      unit = "major";
    } else if (field.name().endsWith("_km")) {
      unit = header.contains("mile") && !header.contains("mileage") ? "miles" : "km";
    } else if (field.name().endsWith("_hours")) {
      unit = header.contains("分") || header.contains("min") ? "minutes" : "hours";
    }
    boolean isWhole = !field.type().typeName().equals("double") && unit.isEmpty();
    return "{ column = %s%s%s }"
        .formatted(raw, unit.isEmpty() ? "" : ", unit = " + unit, isWhole ? ", round = true" : "");
  }

  private String codes(MappingProposal.Target target, Field field, ColumnProfile column) {
    List<String> known = codesOf(field);
    if (known.isEmpty()) {
      return "= " + quoted(column.name());
    }
    Map<String, String> codes = new TreeMap<>();
    Set<String> unknown = new LinkedHashSet<>();
    for (String value : column.codes().keySet()) {
      String code = words.code(target.table().name(), field.name(), value);
      if (code == null && known.contains(value.toUpperCase(Locale.ROOT))) {
        code = value.toUpperCase(Locale.ROOT);
      }
      if (code == null) {
        unknown.add(value);
      } else {
        codes.put(value, code);
      }
    }
    String other =
        known.contains("OTHER")
            ? ", other = OTHER"
            : codes.isEmpty() && !field.isNullable() ? ", other = " + known.get(0) : "";
    if (codes.isEmpty() && other.isEmpty()) {
      return "{ column = %s, codes { \"?\" = %s }, on_fault = null }"
          .formatted(quoted(column.name()), known.get(0));
    }
    if (!unknown.isEmpty()) {
      line("  # no code is known for %s; one of %s", list(unknown), String.join(", ", known));
    }
    return "{ column = %s%s%s%s }"
        .formatted(
            quoted(column.name()),
            codes.isEmpty()
                ? ", codes { \"?\" = %s }".formatted(known.get(0))
                : codes.entrySet().stream()
                    .map(entry -> quoted(entry.getKey()) + " = " + entry.getValue())
                    .collect(Collectors.joining(", ", ", codes { ", " }")),
            other,
            field.isNullable() && other.isEmpty() ? ", on_fault = null" : "");
  }

  private String assumed(MappingProposal.Target target, Field field) {
    List<String> codes = codesOf(field);
    if (!codes.isEmpty()) {
      return "{ constant = %s }".formatted(codes.contains("OTHER") ? "OTHER" : codes.get(0));
    }
    boolean isKey = target.table().key().contains(field);
    return switch (field.type().typeName()) {
      case "boolean" -> "{ constant = false }";
      case "integer", "long", "double" -> "{ constant = 1 }";
      case "date", "timestamp" -> time();
      default ->
          switch (field.name()) {
            case "currency" -> "{ constant = CNY }";
            case "dealer_id" -> "{ constant = D01 }";
            default -> isKey ? hash() : "{ constant = \"?\" }";
          };
    };
  }

  private String hash() {
    return "{ hash = %s }"
        .formatted(
            list(
                proposal.file().columns().stream()
                    .map(ColumnProfile::name)
                    .filter(name -> !isLeftBehind(name))
                    .toList()));
  }

  private void time(MappingProposal.Target target, Field field) {
    Optional<ColumnProfile> stamp = proposal.stamp();
    boolean isKnown = field.equals(Versioned.KNOWN_AT);
    MappingProposal.Match named = target.matches().get(field.name());
    Optional<String> first =
        target.matches().keySet().stream()
            .filter(name -> type(target, name).equals("timestamp") && !name.equals("known_at"))
            .findFirst();
    if (!isKnown && named == null && first.isPresent()) {
      line("  %s { field = %s }", field.name(), first.get());
    } else if (named != null) {
      line("  %s %s", field.name(), rule(target, field, named.column()));
    } else if (stamp.isPresent()) {
      line("  %s %s", field.name(), rule(target, field, stamp.get()));
    } else if (first.isPresent() && !first.get().equals("occurred_at")) {
      line(
          "  %s { field = %s, lag_hours = 24 }   # ASSUMED: entered within a day",
          field.name(), first.get());
    } else {
      line("  %s %s   # ASSUMED: %s", field.name(), time(), field.meaning());
    }
  }

  /** The first column of dates, or else a day long ago. */
  private String time() {
    return proposal.file().columns().stream()
        .filter(ColumnProfile::isDate)
        .filter(column -> !proposal.personal().containsKey(column.name()))
        .findFirst()
        .map(
            column ->
                "{ column = %s, patterns = %s }"
                    .formatted(quoted(column.name()), list(column.datePatterns())))
        .orElse("{ constant = \"2000-01-01 00:00:00\" }");
  }

  private static String type(MappingProposal.Target target, String field) {
    return target.table().field(field).orElseThrow().type().typeName();
  }

  /** Codes that the meaning of a field lists. */
  private static List<String> codesOf(Field field) {
    List<String> codes = new ArrayList<>();
    Matcher matcher = CODE.matcher(field.meaning());
    while (matcher.find()) {
      codes.add(matcher.group());
    }
    boolean isText = field.type().typeName().equals("string");
    return isText && codes.size() > 1 ? codes : List.of();
  }

  /** A personal column without anybody it belongs to. */
  private boolean isLeftBehind(String column) {
    PersonalKind kind = proposal.personal().get(column);
    return kind != null
        && kind.isSecret()
        && kind != PersonalKind.VIN
        && proposal.subjects().isEmpty();
  }

  private ColumnProfile profile(String name) {
    return proposal.file().columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Named after the likeliest table, else after the file. */
  private String sourceName() {
    if (!proposal.targets().isEmpty()) {
      return proposal.targets().get(0).table().name();
    }
    String name =
        proposal
            .file()
            .file()
            .name()
            .replaceAll("\\..*", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^[^a-z]+|_+$", "");
    return name.isEmpty() ? "source" : name;
  }

  /** The file in its folder, wherever that lies, or in the data folder itself. */
  private List<String> patterns() {
    Path path = Path.of(URI.create(proposal.file().file().uri()));
    String file = escaped(path.getFileName());
    Path folder = path.getParent().getFileName();
    return folder == null
        ? List.of(file)
        : List.of(file, escaped(folder) + "/" + file, "**/" + escaped(folder) + "/" + file);
  }

  private static String escaped(Path name) {
    return String.valueOf(name).replaceAll("([\\\\*?\\[\\]{}])", "\\\\$1");
  }

  private static String list(Iterable<String> values) {
    List<String> quoted = new ArrayList<>();
    values.forEach(value -> quoted.add(quoted(value)));
    return "[" + String.join(", ", quoted) + "]";
  }

  private static String quoted(String value) {
    return ConfigUtil.quoteString(value);
  }

  private void line(String format, Object... values) {
    text.append(values.length == 0 ? format : format.formatted(values)).append('\n');
  }
}
