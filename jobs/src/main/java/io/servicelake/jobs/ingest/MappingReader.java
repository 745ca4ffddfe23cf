package io.servicelake.jobs.ingest;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.CannotException;
import io.servicelake.transform.silver.Reading;
import io.servicelake.transform.silver.TargetMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads mapping files and tells all their faults at once. */
public final class MappingReader {
  private static final Set<String> KEYS =
      Set.of(
          "source",
          "files",
          "kafka",
          "jdbc",
          "format",
          "zone",
          "null_tokens",
          "dates",
          "numbers",
          "source_stamp",
          "keep",
          "optional",
          "phone_country",
          "vin_check_digit",
          "personal",
          "targets");
  private static final Set<String> NUMBER_KEYS = Set.of("decimal", "grouping");

  /** As times of tables are given. */
  private static final List<String> TABLE_DATES =
      List.of("yyyy-MM-dd HH:mm:ss[.SSSSSS]", "yyyy-MM-dd");

  private final Map<String, TableContract> tables;

  /**
   * @param tables silver tables a source may feed
   */
  public MappingReader(Collection<TableContract> tables) {
    this.tables = new LinkedHashMap<>();
    tables.forEach(table -> this.tables.put(table.name(), table));
  }

  /**
   * What was read.
   *
   * @param mappings the sources without faults, by name
   * @param faults everything that is wrong
   */
  public record Result(List<Mapping> mappings, List<MappingFault> faults) {
    /**
     * The mappings, if none has a fault.
     *
     * @throws CannotException naming all faults
     */
    public List<Mapping> orThrow() {
      if (!faults.isEmpty()) {
        throw new CannotException(
            "Cannot use the mapping files: %d fault%s.\n%s"
                .formatted(
                    faults.size(),
                    faults.size() == 1 ? "" : "s",
                    String.join("\n", faults.stream().map(MappingFault::toString).toList())));
      }
      return mappings;
    }
  }

  /** Reads every {@code *.conf} of a folder, in order of their names. */
  public Result readFolder(Path folder) {
    return readFolders(List.of(folder));
  }

  /** Reads every {@code *.conf} of the folders; the name of a source stands once in all of them. */
  public Result readFolders(List<Path> folders) {
    List<Path> files = new ArrayList<>();
    List<MappingFault> faults = new ArrayList<>();
    for (Path folder : folders) {
      List<Path> found = mappingFiles(folder);
      files.addAll(found);
      if (found.isEmpty()) {
        faults.add(
            new MappingFault(
                folder.toString(),
                "*.conf",
                "there is no mapping file",
                "Write one per source; docs/sources.md shows how."));
      }
    }
    List<Mapping> mappings = new ArrayList<>();
    Map<String, String> origins = new LinkedHashMap<>();
    for (Path file : files) {
      Result one = read(file);
      faults.addAll(one.faults());
      for (Mapping mapping : one.mappings()) {
        String before = origins.putIfAbsent(mapping.sourceId(), mapping.origin());
        if (before != null) {
          faults.add(
              new MappingFault(
                  mapping.origin(),
                  "source",
                  "%s is the name of %s too".formatted(mapping.sourceId(), before),
                  "Give each source a name of its own."));
        }
        mappings.add(mapping);
      }
    }
    return new Result(mappings, faults);
  }

  private static List<Path> mappingFiles(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    } catch (IOException e) {
      throw new CannotException(
          "Cannot read mapping files: the folder %s cannot be listed. Each source is described by one file in it. Check ingest.sources."
              .formatted(folder),
          e);
    }
  }

  /** Reads one mapping file. */
  public Result read(Path file) {
    Config config;
    try {
      config = MappingText.parse(file);
    } catch (ConfigException e) {
      return new Result(
          List.of(),
          List.of(
              new MappingFault(
                  file.toString(),
                  "the file",
                  "it cannot be parsed: " + e.getMessage(),
                  "Correct the text.")));
    }
    MappingSection root = MappingSection.root(file.toString(), config.root());
    Mapping mapping = mapping(file.toString(), root);
    List<MappingFault> faults = root.faults();
    return new Result(faults.isEmpty() ? List.of(mapping) : List.of(), faults);
  }

  private Mapping mapping(String origin, MappingSection root) {
    root.allow(KEYS);
    String source = source(root);
    List<String> files = root.texts("files");
    Optional<KafkaTopic> kafka = KafkaTopicReader.read(root);
    Optional<TableSource> jdbc = TableSourceReader.read(root);
    List<String> doors = Stream.of("files", "kafka", "jdbc").filter(root::has).toList();
    if (doors.size() != 1 || root.has("files") && files.isEmpty()) {
      root.fault(
          "files",
          doors.size() > 1
              ? "%s stand together".formatted(String.join(" and ", doors))
              : "no pattern is given",
          "Write files = [\"folder/*.csv\"], or kafka { topic = ... }, or jdbc { url = ... }.");
    }
    files.forEach(pattern -> checkPattern(root, pattern));
    FileFormat format = FormatReader.read(root.section("format"));
    Reading reading = reading(root);
    StampRule stamp = StampReader.read(root.section("source_stamp"));
    List<PersonalRule> personal = PersonalReader.read(root.section("personal"));
    List<TargetMapping> targets =
        new TargetReader(tables, source, reading, personal).read(root.section("targets"));
    Mapping mapping =
        new Mapping(
            source,
            origin,
            files,
            kafka,
            jdbc,
            format,
            reading,
            stamp,
            root.texts("keep"),
            root.texts("optional"),
            personal,
            root.text("phone_country").orElse("86"),
            root.flag("vin_check_digit"),
            targets);
    checkAliases(root, mapping);
    if (!format.columns().isEmpty()) {
      for (String missing : ReadFiles.missing(mapping.sourceReading(), format.columns())) {
        root.fault(
            "format.columns",
            "there is no raw column %s".formatted(missing),
            "The nearest is %s.".formatted(MappingSection.nearest(missing, format.columns())));
      }
    }
    return mapping;
  }

  private static void checkAliases(MappingSection root, Mapping mapping) {
    Set<String> aliased = new TreeSet<>(mapping.format().aliases().values());
    if (!aliased.isEmpty() && mapping.files().isEmpty()) {
      root.fault("format.aliases", "they are for files", "Leave them out.");
    }
    aliased.removeAll(mapping.rawColumns());
    for (String column : aliased) {
      root.fault(
          "format.aliases",
          "no rule reads %s".formatted(column),
          "The nearest is %s. Write a raw column with its other names: 里程 = [行驶里程]."
              .formatted(MappingSection.nearest(column, mapping.rawColumns())));
    }
  }

  private static void checkPattern(MappingSection root, String pattern) {
    if (pattern.startsWith("/") || List.of(pattern.split("/")).contains("..")) {
      root.fault(
          "files",
          "'%s' leaves the data folder".formatted(pattern),
          "Write a pattern of paths below it.");
    }
    try {
      SourceFiles.matcher(pattern);
    } catch (IllegalArgumentException e) {
      root.fault(
          "files",
          "'%s' is no pattern".formatted(pattern),
          "Close its brackets, or put \\ before them.");
    }
  }

  private static String source(MappingSection root) {
    String source = root.text("source").orElse("");
    if (!source.matches("[a-z][a-z0-9_]*")) {
      root.fault(
          "source",
          "'%s' is no name".formatted(source),
          "Use lower case letters, digits and _, such as repair_orders.");
    }
    return source;
  }

  private static Reading reading(MappingSection root) {
    MappingSection numbers = root.section("numbers");
    numbers.allow(NUMBER_KEYS);
    ZoneId zone = zone(root);
    List<String> dates = root.cellPatterns("dates");
    return new Reading(
        zone,
        root.texts("null_tokens"),
        dates.isEmpty() ? root.has("jdbc") ? TABLE_DATES : Reading.DEFAULT.patterns() : dates,
        numbers.text("decimal").orElse("."),
        numbers.text("grouping").orElse(""));
  }

  private static ZoneId zone(MappingSection root) {
    String zone = root.text("zone").orElse("");
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      root.fault(
          "zone",
          zone.isEmpty() ? "no zone is given" : "'%s' is no zone".formatted(zone),
          "Write the zone of the source's times, such as Asia/Shanghai.");
      return ZoneId.of("UTC");
    }
  }
}
