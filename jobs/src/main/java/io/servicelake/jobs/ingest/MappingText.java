package io.servicelake.jobs.ingest;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The text of a mapping file as HOCON. It stands for itself: other files are not included, and
 * variables of the environment, which may be secrets, are not put in.
 */
final class MappingText {
  private static final long MAX_BYTES = 1 << 20;

  private MappingText() {}

  /**
   * Parses a file.
   *
   * @throws ConfigException saying why it cannot be parsed
   */
  static Config parse(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new ConfigException.Generic("it is larger than %,d bytes".formatted(MAX_BYTES));
      }
      return ConfigFactory.parseFile(
              file.toFile(), ConfigParseOptions.defaults().setIncluder(new NoIncludes()))
          .resolve(ConfigResolveOptions.defaults().setUseSystemEnvironment(false));
    } catch (IOException e) {
      throw new ConfigException.Generic("it cannot be opened", e);
    } catch (StackOverflowError e) {
      throw new ConfigException.Generic("its braces are nested too deeply", e);
    }
  }

  /** Refuses every include. */
  private static final class NoIncludes
      implements ConfigIncluder, ConfigIncluderClasspath, ConfigIncluderFile, ConfigIncluderURL {
    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
      return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
      throw refused();
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
      throw refused();
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
      throw refused();
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String what) {
      throw refused();
    }

    private static ConfigException refused() {
      return new ConfigException.Generic("it includes another file, which is not allowed");
    }
  }
}
