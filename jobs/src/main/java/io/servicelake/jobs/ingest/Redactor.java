package io.servicelake.jobs.ingest;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.google.crypto.tink.subtle.AesGcmJce;
import io.servicelake.transform.silver.TypeRows;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Splits the cells of a record into what the lake may hold and what goes to the vault. A personal
 * cell becomes its token (a birthday its year, words their masked copy); a value that cannot be one
 * of its kind is noted under {@code <column>.fault}. Columns the mapping does not name are left
 * behind. Not for use by several threads.
 */
final class Redactor {
  /** Ending of the payload key that holds the characters of a VIN which are not personal. */
  static final String HEAD_SUFFIX = ".head";

  private static final int HEAD = 8;
  private static final int REMEMBERED = 200_000;

  /**
   * A value on its way to the vault.
   *
   * @param sealed the value, encrypted for the way
   */
  record Secret(String subjectId, String kind, String token, byte[] sealed) {}

  /**
   * A record taken apart.
   *
   * @param payload JSON object of the cells
   */
  record Redacted(String payload, List<Secret> secrets) {}

  private final SourceReading source;
  private final Tokens tokens;
  private final AesGcmJce sealing;
  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<String, PersonalRule> rules = new LinkedHashMap<>();
  private final Set<String> nullTokens;
  private final Set<String> handedOver = new HashSet<>();
  private final List<DateTimeFormatter> birthdays = new ArrayList<>();

  /**
   * @param header names of the cells by position
   */
  Redactor(SourceReading source, List<String> header, MasterKey master) {
    this.source = source;
    this.tokens = new Tokens(master, source.phoneCountry());
    this.sealing = master.sealing();
    this.nullTokens = Set.copyOf(source.nullTokens());
    for (int i = 0; i < header.size(); i++) {
      positions.putIfAbsent(header.get(i), i);
    }
    for (PersonalRule rule : source.personal()) {
      rules.put(rule.column(), rule);
      rule.patterns().forEach(pattern -> birthdays.add(StampRule.formatter(pattern)));
    }
  }

  Redacted redact(String[] cells) {
    StringBuilder json = new StringBuilder(256).append('{');
    List<Secret> secrets = new ArrayList<>();
    for (String column : source.columns()) {
      String value = cell(cells, column);
      if (!value.isEmpty()) {
        PersonalRule rule = rules.get(column);
        if (rule == null || rule.noPersons().contains(value)) {
          add(json, column, value);
        } else {
          addPersonal(json, rule, value, cells, secrets);
        }
      }
    }
    return new Redacted(json.append('}').toString(), secrets);
  }

  private void addPersonal(
      StringBuilder json, PersonalRule rule, String value, String[] cells, List<Secret> secrets) {
    PersonalKind kind = rule.kind();
    String token = token(rule, value, cells);
    if (token == null) {
      add(json, rule.column() + TypeRows.FAULT_SUFFIX, "MISSING_KEY");
      return;
    }
    switch (kind) {
      case VIN -> {
        String vin = tokens.normalised(kind, value);
        if (Vins.isValid(vin, source.isVinChecked())) {
          add(json, rule.column(), token);
          add(json, rule.column() + HEAD_SUFFIX, vin.substring(0, HEAD));
        } else {
          add(json, rule.column() + TypeRows.FAULT_SUFFIX, "OUT_OF_RANGE");
          return;
        }
      }
      case BIRTHDAY -> {
        LocalDate day = day(value);
        if (day == null) {
          add(json, rule.column() + TypeRows.FAULT_SUFFIX, "BAD_DATE");
          return;
        }
        add(json, rule.column(), Integer.toString(day.getYear()));
      }
      case WORDS -> add(json, rule.column(), Masking.masked(value, names(cells)));
      default -> add(json, rule.column(), token);
    }
    if (kind.isSecret()) {
      String subject = kind == PersonalKind.VIN ? token : subject(rule, cells);
      if (subject != null) {
        hand(secrets, subject, kind.name(), token, value);
      }
    }
  }

  private void hand(List<Secret> secrets, String subject, String kind, String token, String value) {
    boolean isNew = handedOver.size() >= REMEMBERED || handedOver.add(subject + kind + token);
    if (isNew) {
      try {
        secrets.add(
            new Secret(
                subject,
                kind,
                token,
                sealing.encrypt(
                    value.getBytes(StandardCharsets.UTF_8),
                    token.getBytes(StandardCharsets.UTF_8))));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("a value of kind " + kind + " could not be sealed", e);
      }
    }
  }

  /** Token of a cell; null if nothing is left of it, or a part of a number is missing. */
  private String token(PersonalRule rule, String value, String[] cells) {
    String normalised = tokens.normalised(rule.kind(), value);
    if (normalised.isEmpty()) {
      return null;
    }
    StringBuilder whole = new StringBuilder();
    for (String column : rule.with()) {
      String part = tokens.normalised(rule.kind(), cell(cells, column));
      if (part.isEmpty()) {
        return null;
      }
      whole.append(part).append('\u001F');
    }
    return tokens.token(rule.kind(), whole.append(normalised).toString());
  }

  private String subject(PersonalRule rule, String[] cells) {
    for (String column : rule.subjects()) {
      PersonalRule of = rules.get(column);
      String value = cell(cells, column);
      if (of != null && !value.isEmpty()) {
        String token = token(of, value, cells);
        boolean isVin = of.kind() == PersonalKind.VIN;
        if (token != null
            && (!isVin
                || Vins.isValid(tokens.normalised(of.kind(), value), source.isVinChecked()))) {
          return token;
        }
      }
    }
    return null;
  }

  private List<String> names(String[] cells) {
    List<String> names = new ArrayList<>();
    for (PersonalRule rule : rules.values()) {
      if (rule.kind() == PersonalKind.NAME) {
        String name = cell(cells, rule.column());
        if (!name.isEmpty()) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private LocalDate day(String value) {
    for (DateTimeFormatter format : birthdays) {
      try {
        return LocalDate.parse(value, format);
      } catch (DateTimeParseException e) {
        // The next pattern may fit.
        continue;
      }
    }
    return null;
  }

  /** Text of a cell without spaces around it; empty if it stands for no value. */
  private String cell(String[] cells, String column) {
    Integer position = positions.get(column);
    if (position == null || position >= cells.length || cells[position] == null) {
      return "";
    }
    String text = cells[position].strip();
    return nullTokens.contains(text) ? "" : text;
  }

  private static void add(StringBuilder json, String key, String value) {
    if (json.length() > 1) {
      json.append(',');
    }
    JsonStringEncoder encoder = JsonStringEncoder.getInstance();
    json.append('"');
    encoder.quoteAsString(key, json);
    json.append("\":\"");
    encoder.quoteAsString(value, json);
    json.append('"');
  }
}
