package io.servicelake.jobs.explain;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.servicelake.AllTables;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.CodeVersion;
import io.servicelake.jobs.config.Section;
import io.servicelake.jobs.config.Sections;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.ingest.MappingHashes;
import io.servicelake.jobs.io.LakeFiles;
import io.servicelake.jobs.io.Lakehouse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a release was made from, kept at {@code <lake>/_progress/releases/<number>.json}: the
 * version of every table, and hashes of the code, of each section of the configuration, of the
 * mappings, and the models in use.
 *
 * @param releaseNo number of the release; 0 for the lake as it is now
 * @param asOf day the serving tables tell of, ISO
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReleasePin(
    long releaseNo,
    String publishedAt,
    String asOf,
    Map<String, Long> versions,
    String code,
    Map<String, String> sections,
    Map<String, String> mappings,
    Map<String, String> models) {
  private static final String FOLDER = "_progress/releases/";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The lake as it is now. */
  public static ReleasePin of(
      Lakehouse lake, Settings settings, long releaseNo, String at, String asOf) {
    Map<String, Long> versions = new TreeMap<>();
    for (TableContract table : AllTables.ALL) {
      lake.version(table).ifPresent(version -> versions.put(table.id(), version));
    }
    Map<String, String> sections = new TreeMap<>();
    for (Class<? extends Record> section : Sections.ALL) {
      String name = section.getAnnotation(Section.class).value();
      sections.put(name, settings.hash(name));
    }
    LakeFiles files = lake.files();
    Map<String, String> models = new TreeMap<>();
    for (String name : files.list("_models")) {
      if (name.endsWith(".latest")) {
        files.read("_models/" + name).ifPresent(id -> models.put(name, id.strip()));
      }
    }
    return new ReleasePin(
        releaseNo,
        at,
        asOf,
        versions,
        CodeVersion.get(),
        sections,
        MappingHashes.inUse(files),
        models);
  }

  /** Releases of a lake that were pinned, oldest first. */
  public static List<ReleasePin> all(LakeFiles files) {
    return files.list(FOLDER).stream()
        .filter(name -> name.matches("\\d{20}\\.json"))
        .sorted()
        .map(name -> parse(files, FOLDER + name))
        .toList();
  }

  /** Writes the pin down. */
  public void save(LakeFiles files) {
    try {
      files.write(
          FOLDER + "%020d.json".formatted(releaseNo),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Version of a table; -1 if there was none. */
  long version(TableContract table) {
    return versions.getOrDefault(table.id(), -1L);
  }

  /** The release in words. */
  String text() {
    return releaseNo == 0
        ? "the lake as it is now, as of " + asOf
        : "release %d of %s, as of %s".formatted(releaseNo, publishedAt, asOf);
  }

  private static ReleasePin parse(LakeFiles files, String file) {
    try {
      return JSON.readValue(files.read(file).orElseThrow(), ReleasePin.class);
    } catch (JsonProcessingException e) {
      throw new CannotException(
          "Cannot read %s: %s. It tells what a release was made from and was changed by hand. Delete it, or restore it from a backup."
              .formatted(files.path(file), e.getOriginalMessage()),
          e);
    }
  }
}
