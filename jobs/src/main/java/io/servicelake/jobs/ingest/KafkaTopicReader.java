package io.servicelake.jobs.ingest;

import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads {@code kafka} of a mapping file: the topic of a source and the versions understood. */
final class KafkaTopicReader {
  private static final Set<String> KEYS =
      Set.of("topic", "schema_versions", "since", "unknown_fields");

  private KafkaTopicReader() {}

  /** The topic; empty if the file has no such section. */
  static Optional<KafkaTopic> read(MappingSection root) {
    if (!root.has("kafka")) {
      return Optional.empty();
    }
    MappingSection kafka = root.section("kafka");
    kafka.allow(KEYS);
    String topic = kafka.text("topic").orElse("");
    if (!topic.matches("[A-Za-z0-9._-]{1,249}")) {
      kafka.fault(
          "topic",
          "'%s' is no topic".formatted(topic),
          "Write letters, digits, dots, _ and -, such as repair-orders.");
    }
    TreeSet<Integer> versions = new TreeSet<>();
    for (String text : kafka.texts("schema_versions")) {
      try {
        versions.add(Integer.parseInt(text));
      } catch (NumberFormatException e) {
        kafka.fault(
            "schema_versions", "'%s' is no version".formatted(text), "Write numbers: [1, 2].");
      }
    }
    if (!kafka.has("schema_versions")) {
      kafka.fault(
          "schema_versions",
          "it is not said which versions are understood",
          "Write schema_versions = [1].");
    }
    MappingSection sinceSection = kafka.section("since");
    TreeMap<String, Integer> since = new TreeMap<>();
    for (String field : sinceSection.names()) {
      String text = sinceSection.text(field).orElse("");
      if (versions.stream().map(String::valueOf).anyMatch(text::equals)) {
        since.put(field, Integer.parseInt(text));
      } else {
        sinceSection.fault(
            field,
            "'%s' is none of schema_versions".formatted(text),
            "Write the version the field came with.");
      }
    }
    String unknown = kafka.text("unknown_fields").orElse("ignore");
    if (!Set.of("ignore", "refuse").contains(unknown)) {
      kafka.fault(
          "unknown_fields", "'%s' is no answer".formatted(unknown), "Write ignore or refuse.");
    }
    return Optional.of(new KafkaTopic(topic, versions, since, unknown.equals("refuse")));
  }
}
