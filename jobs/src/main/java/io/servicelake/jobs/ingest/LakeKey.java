package io.servicelake.jobs.ingest;

import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.io.LakeFiles;
import java.util.Optional;

/** Which master key a lake was begun under: its fingerprint, in a file of the lake. */
public final class LakeKey {
  private static final String FILE = "_progress/ingest/key-fingerprint";

  private LakeKey() {}

  /** Fingerprint of the key; empty if the lake took in nothing yet. */
  public static Optional<String> fingerprint(LakeFiles files) {
    return files.read(FILE).map(String::strip);
  }

  /** Keeps the fingerprint of the key that a lake is begun under. */
  static void begin(LakeFiles files, MasterKey master) {
    files.write(FILE, master.fingerprint() + "\n");
  }

  /**
   * Refuses a key that is not the lake's.
   *
   * @param cannot what cannot be done under another key, such as {@code take in rows}
   * @param why a sentence that says why
   * @throws CannotException if the lake was begun under another key
   */
  public static void require(LakeFiles files, MasterKey master, String cannot, String why) {
    String given = master.fingerprint();
    fingerprint(files)
        .filter(first -> !first.equals(given))
        .ifPresent(
            first -> {
              throw new CannotException(
                  "Cannot %s: the master key given has the fingerprint %s, the lake was begun under %s. %s Give the key the lake was begun under (%s or the key file)."
                      .formatted(cannot, given, first, why, MasterKey.VARIABLE));
            });
  }
}
