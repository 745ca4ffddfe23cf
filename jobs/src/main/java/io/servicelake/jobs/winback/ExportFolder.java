package io.servicelake.jobs.winback;

import io.servicelake.jobs.CannotException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of call lists. Files are written aside and shown together. What was exported is kept in
 * {@code exported.sha256}, a line {@code <hash> <name>} for each state of a file: one that somebody
 * filled in is told by it, and neither replaced nor removed.
 */
final class ExportFolder implements AutoCloseable {
  private static final String BOOK = "exported.sha256";
  private static final String DRAFT = ".servicelake-draft";
  private static final String OWNER_ONLY = "rw-------";

  private final Path folder;
  private final List<String> drafts = new ArrayList<>();

  /** Makes the folder where it is missing, and takes away what a killed export left in it. */
  ExportFolder(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
    close();
  }

  /** An empty file that takes its name when the drafts are shown. */
  Path draft(String name, boolean isPersonal) throws IOException {
    Path file = folder.resolve(name + DRAFT);
    boolean isPosix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (isPersonal && isPosix) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    } else {
      Files.createFile(file);
    }
    drafts.add(name);
    return file;
  }

  /**
   * Shows the drafts in the place of all that was exported under names of this beginning.
   *
   * @return the files shown, in the order they were begun
   * @throws CannotException if a file that would go is not as it was exported; all stay then
   */
  List<Path> show(String beginning) throws IOException {
    Set<String> book = book();
    Set<String> old = new TreeSet<>();
    for (String line : book) {
      String name = name(line);
      if (name.startsWith(beginning) && Files.exists(folder.resolve(name))) {
        old.add(name);
      }
    }
    drafts.stream().filter(name -> Files.exists(folder.resolve(name))).forEach(old::add);
    List<String> changed = new ArrayList<>();
    for (String name : old) {
      if (!book.contains(line(folder.resolve(name), name))) {
        changed.add(name);
      }
    }
    if (!changed.isEmpty()) {
      throw new CannotException(
          "Cannot write call lists: below %s files of this day are not as they were exported: %s. What was filled in would be lost. Take them in with 'servicelake winback import' and move them away, or give another folder with --out."
              .formatted(folder, String.join(", ", changed)));
    }
    // Before the files: a file that was shown is known as exported, whenever this is killed.
    book.removeIf(line -> !Files.exists(folder.resolve(name(line))));
    for (String name : drafts) {
      book.add(line(folder.resolve(name + DRAFT), name));
    }
    Path draft = folder.resolve(BOOK + DRAFT);
    Files.write(draft, book, StandardCharsets.UTF_8);
    Files.move(draft, folder.resolve(BOOK), StandardCopyOption.ATOMIC_MOVE);
    drafts.forEach(old::remove);
    for (String name : old) {
      Files.delete(folder.resolve(name));
    }
    List<Path> shown = new ArrayList<>();
    for (String name : drafts) {
      Path file = folder.resolve(name);
      Files.move(folder.resolve(name + DRAFT), file, StandardCopyOption.ATOMIC_MOVE);
      shown.add(file);
    }
    return shown;
  }

  /** Takes away drafts that were not shown. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(DRAFT)).toList()) {
        Files.delete(file);
      }
    }
  }

  private Set<String> book() throws IOException {
    Path file = folder.resolve(BOOK);
    return Files.exists(file)
        ? Files.readAllLines(file, StandardCharsets.UTF_8).stream()
            .filter(line -> line.contains("  "))
            .collect(Collectors.toCollection(TreeSet::new))
        : new TreeSet<>();
  }

  private static String line(Path file, String name) throws IOException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(hash) + "  " + name;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String name(String line) {
    return line.substring(line.indexOf("  ") + 2);
  }
}
