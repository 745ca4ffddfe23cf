package io.servicelake.jobs.upkeep;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What a backup holds, in {@code backup.json} beside it; written last, so that a backup with it is
 * whole.
 *
 * @param madeAt ISO instant
 * @param keyFingerprint of the master key that the vault is encrypted under; the key is not here
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record BackupManifest(String madeAt, String lake, String keyFingerprint, List<Entry> files) {
  static final String FILE = "backup.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A file below the lake. */
  record Entry(String path, long size, String sha256) {}

  static BackupManifest read(Path backup) throws IOException {
    return JSON.readValue(backup.resolve(FILE).toFile(), BackupManifest.class);
  }

  void write(Path backup) throws IOException {
    Path draft = backup.resolve(FILE + ".draft");
    JSON.writerWithDefaultPrettyPrinter().writeValue(draft.toFile(), this);
    Files.move(draft, backup.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }
}
