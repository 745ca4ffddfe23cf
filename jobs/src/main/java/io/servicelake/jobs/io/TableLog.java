package io.servicelake.jobs.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the commit files of a Delta table tell without Spark: version, rows, metrics, time. */
final class TableLog {
  private static final Pattern COMMIT = Pattern.compile("(\\d{20})\\.json");
  private static final Pattern CHECKPOINT = Pattern.compile("(\\d{20})\\.checkpoint\\..*");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LakeFiles files;
  private final String folder;

  /**
   * @param table folder of the table below the lake
   */
  TableLog(LakeFiles files, String table) {
    this.files = files;
    this.folder = table + "/_delta_log";
  }

  /** Newest version by the names of commits and checkpoints; empty without a table. */
  OptionalLong version() {
    return files.list(folder).stream()
        .flatMap(
            name ->
                List.of(COMMIT, CHECKPOINT).stream()
                    .map(pattern -> pattern.matcher(name))
                    .filter(Matcher::matches)
                    .map(matcher -> Long.parseLong(matcher.group(1))))
        .mapToLong(Long::longValue)
        .max();
  }

  /** Metrics of the operation that made a version; empty if its commit file is gone. */
  Map<String, Long> metrics(long version) {
    Map<String, Long> metrics = new HashMap<>();
    commitInfo(version)
        .map(info -> info.path("operationMetrics"))
        .ifPresent(
            node ->
                node.fieldNames()
                    .forEachRemaining(
                        name -> {
                          if (node.path(name).asText().matches("\\d+")) {
                            metrics.put(name, node.path(name).asLong());
                          }
                        }));
    return metrics;
  }

  /** The note a commit was given. */
  Optional<String> note(long version) {
    return commitInfo(version)
        .map(info -> info.path("userMetadata").asText(""))
        .filter(s -> !s.isEmpty());
  }

  /** What Delta named a commit, unlike any other of any lake; empty if its commit file is gone. */
  Optional<String> commitName(long version) {
    return commitInfo(version)
        .map(info -> info.path("txnId").asText(""))
        .filter(name -> !name.isEmpty());
  }

  /** When a version was committed, milliseconds since 1970; empty if its commit file is gone. */
  OptionalLong committedAt(long version) {
    return commitInfo(version)
        .map(info -> OptionalLong.of(info.path("timestamp").asLong()))
        .orElse(OptionalLong.empty());
  }

  /** Schema of the newest version as Spark writes it; empty if its commit was cleaned away. */
  Optional<String> schema() {
    return files.list(folder).stream()
        .filter(name -> COMMIT.matcher(name).matches())
        .sorted(Comparator.reverseOrder())
        .flatMap(
            commit ->
                files
                    .read(folder + "/" + commit)
                    .orElse("")
                    .lines()
                    .filter(line -> line.startsWith("{\"metaData\"")))
        .findFirst()
        .map(line -> parse(line).path("metaData").path("schemaString").asText());
  }

  /** Rows of the newest version, summed over its files; empty if the log was cleaned. */
  OptionalLong rows() {
    List<String> commits =
        files.list(folder).stream()
            .filter(name -> COMMIT.matcher(name).matches())
            .sorted(Comparator.naturalOrder())
            .toList();
    if (commits.isEmpty() || !commits.get(0).startsWith("0".repeat(20))) {
      return OptionalLong.empty();
    }
    Map<String, Long> rowsByFile = new HashMap<>();
    for (String commit : commits) {
      for (String line : files.read(folder + "/" + commit).orElse("").split("\n")) {
        if (line.startsWith("{\"add\"")) {
          JsonNode add = parse(line).path("add");
          if (!add.has("stats")) {
            return OptionalLong.empty();
          }
          long rows = parse(add.path("stats").asText()).path("numRecords").asLong();
          long deleted = add.path("deletionVector").path("cardinality").asLong(0);
          rowsByFile.put(add.path("path").asText(), rows - deleted);
        } else if (line.startsWith("{\"remove\"")) {
          JsonNode remove = parse(line).path("remove");
          rowsByFile.remove(remove.path("path").asText());
        }
      }
    }
    return OptionalLong.of(rowsByFile.values().stream().mapToLong(Long::longValue).sum());
  }

  private Optional<JsonNode> commitInfo(long version) {
    return files
        .read(folder + "/%020d.json".formatted(version))
        .flatMap(
            text ->
                text.lines()
                    .filter(line -> line.startsWith("{\"commitInfo\""))
                    .findFirst()
                    .map(line -> parse(line).path("commitInfo")));
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not JSON: " + line, e);
    }
  }
}
