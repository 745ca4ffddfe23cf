package io.servicelake.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Which code runs: a hash of the classes and resources of the product's own jars. */
public final class CodeVersion {
  private static final String VERSION = compute();

  private CodeVersion() {}

  /** The hash; {@code classes} when it does not run from jars. */
  public static String get() {
    return System.getProperty("servicelake.code_version", VERSION);
  }

  private static String compute() {
    CRC32 jobs = new CRC32();
    CRC32 models = new CRC32();
    boolean isJar =
        add(jobs, CodeVersion.class) & add(models, io.servicelake.contract.TableContract.class);
    return isJar ? "%08x%08x".formatted(jobs.getValue(), models.getValue()) : "classes";
  }

  private static boolean add(CRC32 sum, Class<?> member) {
    try {
      URI location = member.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path jar = Path.of(location);
      if (!Files.isRegularFile(jar)) {
        return false;
      }
      TreeMap<String, Long> entries = new TreeMap<>();
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        zip.stream()
            .filter(entry -> !entry.isDirectory() && !entry.getName().startsWith("META-INF/"))
            .forEach((ZipEntry entry) -> entries.put(entry.getName(), entry.getCrc()));
      }
      sum.update(entries.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return true;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
