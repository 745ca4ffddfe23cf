package io.servicelake.jobs.serve;

import io.servicelake.jobs.CannotException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs that come along on the class path, for Linux on two kinds of CPU. */
final class PostgresBinaries {
  private static final int EXECUTABLE = 0100;

  private PostgresBinaries() {}

  /** The version that comes along, such as 18.6.0. */
  static String version() {
    Properties properties = new Properties();
    try (InputStream in = PostgresBinaries.class.getResourceAsStream("postgres.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new CannotException(
          "Cannot read the version of PostgreSQL: postgres.properties is damaged. The build made a broken jar. Build again.",
          e);
    }
    return properties.getProperty("version");
  }

  /** The first part of the version, which has to match the data folder's. */
  static String majorVersion() {
    return version().substring(0, version().indexOf('.'));
  }

  /**
   * The folder with bin, lib and share, unpacked into {@code <folder>/<version>} if it is not
   * there.
   *
   * @throws CannotException if there are no binaries for this machine
   */
  static Path unpackedIn(Path folder) throws IOException {
    Path target = folder.resolve(version());
    if (Files.isDirectory(target)) {
      return target;
    }
    Path draft = folder.resolve("." + version() + ".unpacking");
    deleteTree(draft);
    createPublicFolders(draft);
    try (InputStream archive = openArchive();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(entry, tar, draft);
      }
    }
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    return target;
  }

  /** Removes a folder with all it holds, links themselves and not what they point to. */
  static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static InputStream openArchive() {
    String system = System.getProperty("os.name");
    String cpu = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String resource =
        switch (cpu) {
          case "amd64", "x86_64" -> "/postgres-linux-x86_64.txz";
          case "aarch64", "arm64" -> "/postgres-linux-arm_64.txz";
          default -> "/none";
        };
    InputStream archive =
        system.startsWith("Linux") ? PostgresBinaries.class.getResourceAsStream(resource) : null;
    if (archive == null) {
      throw new CannotException(
          "Cannot start PostgreSQL: no binaries for %s on %s. Only those for Linux on x86_64 and arm64 come along. Use a PostgreSQL of your own: set %s, %s and %s."
              .formatted(
                  system,
                  cpu,
                  ServingTarget.URL_VARIABLE,
                  ServingTarget.USER_VARIABLE,
                  ServingTarget.PASSWORD_VARIABLE));
    }
    return archive;
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path folder)
      throws IOException {
    Path path = folder.resolve(entry.getName()).normalize();
    if (!path.startsWith(folder)) {
      throw new IOException("entry outside of its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      createPublicFolders(path);
    } else if (entry.isSymbolicLink()) {
      createPublicFolders(path.getParent());
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      createPublicFolders(path.getParent());
      Files.copy(content, path);
      boolean isProgram = (entry.getMode() & EXECUTABLE) != 0;
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(isProgram ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  /** Makes the missing folders of a path passable for the user the server runs as. */
  static void createPublicFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (folder.getParent() != null) {
      createPublicFolders(folder.getParent());
    }
    Files.createDirectory(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
