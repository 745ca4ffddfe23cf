package io.servicelake.jobs.io;

import io.servicelake.jobs.CannotException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A file that holds one secret in one line, for this user alone (mode 0600, folder 0700). Where
 * several processes make it at once, one of them counts for all.
 */
public final class KeyFile {
  private static final String FILE_MODE = "rw-------";
  private static final String FOLDER_MODE = "rwx------";

  private final Path file;
  private final String what;

  /**
   * @param what the secret in words, such as {@code the password of bi_reader}
   */
  public KeyFile(Path file, String what) {
    this.file = file.toAbsolutePath();
    this.what = what;
  }

  /** Where it is. */
  public Path path() {
    return file;
  }

  /**
   * The secret; one is made and kept if there is none yet.
   *
   * @throws CannotException if the file cannot be read or written, or is empty
   */
  public String read(Supplier<String> maker) {
    try {
      if (!Files.exists(file)) {
        write(maker.get());
      }
      if (isPosix()) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(FILE_MODE));
      }
      String kept = Files.readString(file).strip();
      if (kept.isEmpty()) {
        throw new CannotException(
            "Cannot use %s: %s is empty. A key file holds one line. Put the secret back, or delete the file to have a new one made."
                .formatted(what, file));
      }
      return kept;
    } catch (IOException e) {
      throw new CannotException(
          "Cannot read or write %s: %s (%s). The file has to be readable and writable for this user alone. Correct its owner."
              .formatted(what, file, e.getClass().getSimpleName()),
          e);
    }
  }

  private void write(String secret) throws IOException {
    Path folder = file.getParent();
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder.getParent());
      try {
        Files.createDirectory(folder, mode(FOLDER_MODE));
      } catch (FileAlreadyExistsException e) {
        // Another process was first.
      }
    }
    Path draft = Files.createTempFile(folder, ".new-", "", mode(FILE_MODE));
    try {
      Files.writeString(draft, secret + "\n");
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another process was first; its secret counts.
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private FileAttribute<?>[] mode(String mode) {
    FileAttribute<Set<PosixFilePermission>> attribute =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    return isPosix() ? new FileAttribute<?>[] {attribute} : new FileAttribute<?>[0];
  }

  private boolean isPosix() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
