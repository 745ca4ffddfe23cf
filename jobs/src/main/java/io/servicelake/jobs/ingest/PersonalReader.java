package io.servicelake.jobs.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code personal} of a mapping file: which raw columns hold personal values. */
final class PersonalReader {
  private static final Set<String> KEYS = Set.of("kind", "with", "subject", "patterns");

  private PersonalReader() {}

  static List<PersonalRule> read(MappingSection personal) {
    List<PersonalRule> rules = new ArrayList<>();
    Map<String, PersonalKind> kinds = new LinkedHashMap<>();
    for (String column : personal.names()) {
      MappingSection one = personal.section(column);
      one.allow(KEYS);
      Optional<PersonalKind> kind = kind(one);
      if (kind.isPresent()) {
        kinds.put(column, kind.get());
        rules.add(rule(column, kind.get(), one));
      }
    }
    rules.forEach(rule -> checkSubjects(rule, kinds, personal.section(rule.column())));
    return rules;
  }

  private static Optional<PersonalKind> kind(MappingSection one) {
    String id = one.text("kind").orElse("");
    Optional<PersonalKind> kind = PersonalKind.byId(id);
    if (kind.isEmpty()) {
      one.fault(
          "kind",
          "'%s' is no kind".formatted(id),
          Stream.of(PersonalKind.values())
              .map(PersonalKind::id)
              .collect(Collectors.joining(", ", "Write one of ", ".")));
    }
    return kind;
  }

  private static PersonalRule rule(String column, PersonalKind kind, MappingSection one) {
    List<String> patterns = one.patterns("patterns");
    if (kind == PersonalKind.BIRTHDAY && patterns.isEmpty()) {
      patterns = List.of("yyyy-MM-dd");
    }
    return new PersonalRule(column, kind, one.texts("with"), one.texts("subject"), patterns);
  }

  private static void checkSubjects(
      PersonalRule rule, Map<String, PersonalKind> kinds, MappingSection one) {
    boolean needsSubject =
        rule.kind().isSecret() && rule.kind() != PersonalKind.VIN && rule.subjects().isEmpty();
    if (needsSubject) {
      one.fault(
          "subject",
          "it is not said whose value it is",
          "Name a personal column of kind customer, staff or vin.");
    }
    for (String subject : rule.subjects()) {
      if (!kinds.containsKey(subject) || !kinds.get(subject).isSubject()) {
        one.fault(
            "subject",
            "%s is no personal column of kind customer, staff or vin".formatted(subject),
            "Declare it under personal, or name another.");
      }
    }
  }
}
