package io.servicelake.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.servicelake.jobs.CannotException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The configuration: a file, over it variables {@code SERVICELAKE_<KEY>} (dots as underscores),
 * over them {@code --set key=value}. Every key that is not given has the default of its {@link
 * Setting}.
 */
public final class Settings {
  private static final String ENVIRONMENT_PREFIX = "SERVICELAKE_";

  private final Map<Class<? extends Record>, Record> sections;
  private final Path home;

  private Settings(Map<Class<? extends Record>, Record> sections, Path home) {
    this.sections = sections;
    this.home = home;
  }

  /** The defaults with some keys set: {@code "run.parallel_steps=1"}. */
  public static Settings of(String... sets) {
    return load(Path.of("."), null, List.of(sets), Map.of());
  }

  /**
   * Reads the configuration.
   *
   * @param home folder that relative paths start from
   * @param file the file; null for none
   * @param sets {@code key=value}
   * @param environment variables of the process
   * @throws SettingsException naming every unknown key, wrong type and value out of range
   */
  public static Settings load(
      Path home, Path file, List<String> sets, Map<String, String> environment) {
    List<String> faults = new ArrayList<>();
    Config config = ConfigFactory.empty();
    if (file != null) {
      if (!Files.isReadable(file)) {
        throw new CannotException(
            "Cannot read the configuration: there is no file %s. It holds the settings of the lake. Give another with --conf, or restore conf/servicelake.conf."
                .formatted(file));
      }
      try {
        config =
            ConfigFactory.parseFile(
                    file.toFile(),
                    ConfigParseOptions.defaults().setOriginDescription(file.toString()))
                .resolve();
      } catch (ConfigException e) {
        throw new SettingsException(List.of(e.getMessage()));
      }
    }
    SettingsBinder binder = new SettingsBinder(Sections.ALL, faults);
    for (String path : binder.leaves()) {
      String variable = ENVIRONMENT_PREFIX + path.replace('.', '_').toUpperCase(Locale.ROOT);
      if (environment.containsKey(variable)) {
        config = binder.with(config, path, environment.get(variable), variable);
      }
    }
    for (String set : sets) {
      int equals = set.indexOf('=');
      if (equals < 1) {
        faults.add("--set %s: expected key=value".formatted(set));
      } else {
        config =
            binder.with(
                config,
                set.substring(0, equals).strip(),
                set.substring(equals + 1).strip(),
                "--set");
      }
    }
    Map<Class<? extends Record>, Record> sections = new LinkedHashMap<>();
    binder.refuseUnknown(config.root());
    for (Class<? extends Record> section : Sections.ALL) {
      Record bound = binder.bind(section, config);
      if (bound != null) {
        sections.put(section, bound);
      }
    }
    if (!faults.isEmpty()) {
      throw new SettingsException(faults);
    }
    return new Settings(sections, home.toAbsolutePath().normalize());
  }

  /** The record of a section. */
  public <R extends Record> R get(Class<R> section) {
    Record found = sections.get(section);
    if (found == null) {
      throw new IllegalArgumentException(section.getName() + " is not in Sections.ALL");
    }
    return section.cast(found);
  }

  /** The lake's zone. */
  public ZoneId zone() {
    return get(TimeSettings.class).zone();
  }

  /** A path of the configuration: from the product's folder if relative; URIs stay. */
  public String resolve(String path) {
    return path.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*")
        ? path
        : home.resolve(path).normalize().toString();
  }

  /** The folder that relative paths start from. */
  public Path home() {
    return home;
  }

  /**
   * SHA-256 of what a section says.
   *
   * @throws IllegalArgumentException if there is no such section
   */
  public String hash(String section) {
    return sections.entrySet().stream()
        .filter(entry -> entry.getKey().getAnnotation(Section.class).value().equals(section))
        .findFirst()
        .map(entry -> sha256(entry.getValue().toString()))
        .orElseThrow(
            () -> new IllegalArgumentException("no section of the configuration: " + section));
  }

  /** SHA-256 of the whole configuration. */
  public String hash() {
    return sha256(sections.values().toString());
  }

  /** The text of conf/servicelake.conf: every key with meaning, unit and default. */
  public static String template() {
    return SettingsBinder.template(Sections.ALL);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
