package io.servicelake.jobs.upkeep;

import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.CrashPoints;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Copies of a lake on this machine, one folder each below a folder of backups. A file that never
 * changes (data, commits) is shared with the backup before by a hard link. The lake's lock is held
 * while it is copied, so data, logs and progress belong together. The master key is never copied.
 */
public final class Backups {
  private static final String UNFINISHED = ".unfinished";
  private static final List<String> LEFT_OUT = List.of("_lock", "_logs");

  private final Path folder;

  /**
   * @param folder folder of the backups
   */
  public Backups(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** What a backup or a restore moved. */
  public record Copied(Path place, long files, long bytes, long linked) {}

  /** Whole backups, oldest first. */
  public List<Path> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> !child.getFileName().toString().endsWith(UNFINISHED))
          .filter(child -> Files.isRegularFile(child.resolve(BackupManifest.FILE)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw cannot("list the backups in " + folder, e);
    }
  }

  /**
   * Copies a lake; nobody may write to it meanwhile. What a killed backup left is taken away first.
   *
   * @param keyFingerprint of the master key in use
   */
  public Copied make(Path lake, String keyFingerprint, Instant now) {
    if (folder.startsWith(lake) || lake.startsWith(folder)) {
      throw new CannotException(
          "Cannot back up %s to %s: one lies in the other. A backup would hold itself. Name a folder apart."
              .formatted(lake, folder));
    }
    if (!Files.isDirectory(lake)) {
      throw new CannotException(
          "Cannot back up %s: there is no lake. It is made by the first run. Check --lake."
              .formatted(lake));
    }
    try {
      Files.createDirectories(folder);
      clear(".*" + Pattern.quote(UNFINISHED));
      Map<String, BackupManifest.Entry> known = new HashMap<>();
      List<Path> before = all();
      Optional<Path> last =
          before.isEmpty() ? Optional.empty() : Optional.of(before.get(before.size() - 1));
      if (last.isPresent()) {
        BackupManifest.read(last.get()).files().forEach(entry -> known.put(entry.path(), entry));
      }
      Path target = folder.resolve(now.toString().replace(':', '-'));
      Path draft = target.resolveSibling(target.getFileName() + UNFINISHED);
      List<BackupManifest.Entry> entries = new ArrayList<>();
      long bytes = 0;
      long linked = 0;
      for (Path file : files(lake)) {
        String path = lake.relativize(file).toString();
        BackupManifest.Entry old = known.get(path);
        Path to = draft.resolve(path);
        Files.createDirectories(to.getParent());
        if (old != null && neverChanges(path) && old.size() == Files.size(file)) {
          Files.createLink(to, last.orElseThrow().resolve(path));
          entries.add(old);
          linked++;
        } else {
          String hash = copy(file, to);
          entries.add(new BackupManifest.Entry(path, Files.size(to), hash));
          bytes += Files.size(to);
        }
        CrashPoints.at("inside-backup");
      }
      new BackupManifest(now.toString(), lake.toString(), keyFingerprint, entries).write(draft);
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      return new Copied(target, entries.size(), bytes, linked);
    } catch (IOException e) {
      throw cannot("back up " + lake + " to " + folder, e);
    }
  }

  /**
   * Puts the newest backup, or the one the folder itself is, in the place of a lake. Every file is
   * held against the backup's list before the lake appears.
   *
   * @param isReplacing set a lake that is there aside instead of refusing
   */
  public Copied restore(Path lake, String keyFingerprint, boolean isReplacing, Instant now) {
    Path backup = chosen();
    try {
      BackupManifest manifest = BackupManifest.read(backup);
      if (!manifest.keyFingerprint().equals(keyFingerprint)) {
        throw new CannotException(
            "Cannot restore %s: its personal data is encrypted under the master key %s, here is %s. Without its key no name or phone could be read again, and new rows would get other tokens. Set SERVICELAKE_MASTER_KEY to the key of the backup."
                .formatted(backup, manifest.keyFingerprint(), keyFingerprint));
      }
      boolean isThere = Files.exists(lake) && !isEmpty(lake);
      if (isThere && !isReplacing) {
        throw new CannotException(
            "Cannot restore to %s: a lake is there. It would be lost. Name another place with --lake, or set the lake there aside with --replace."
                .formatted(lake));
      }
      Path draft = lake.resolveSibling(lake.getFileName() + ".restoring");
      delete(draft);
      Files.createDirectories(draft);
      long bytes = 0;
      List<String> faults = new ArrayList<>();
      for (BackupManifest.Entry entry : manifest.files()) {
        Path from = backup.resolve(entry.path()).normalize();
        Path to = draft.resolve(entry.path()).normalize();
        if (!from.startsWith(backup) || !to.startsWith(draft)) {
          faults.add(entry.path() + " leads out of the backup");
          continue;
        }
        if (!Files.isRegularFile(from)) {
          faults.add(entry.path() + " is missing");
          continue;
        }
        Files.createDirectories(to.getParent());
        if (!copy(from, to).equals(entry.sha256())) {
          faults.add(entry.path() + " was altered");
        }
        bytes += entry.size();
        CrashPoints.at("inside-restore");
      }
      if (!faults.isEmpty()) {
        delete(draft);
        throw new CannotException(
            "Cannot restore %s: %d of %d files are not as they were: %s. The backup is damaged. Take an older one."
                .formatted(
                    backup,
                    faults.size(),
                    manifest.files().size(),
                    String.join("; ", faults.subList(0, Math.min(5, faults.size())))));
      }
      if (isThere) {
        Files.move(
            lake,
            lake.resolveSibling(lake.getFileName() + ".before-" + now.toString().replace(':', '-')),
            StandardCopyOption.ATOMIC_MOVE);
      } else if (Files.exists(lake)) {
        // The lock and the log of this very command.
        for (String own : LEFT_OUT) {
          if (Files.exists(lake.resolve(own))) {
            Files.move(lake.resolve(own), draft.resolve(own));
          }
        }
        Files.delete(lake);
      }
      Files.move(draft, lake, StandardCopyOption.ATOMIC_MOVE);
      return new Copied(backup, manifest.files().size(), bytes, 0);
    } catch (IOException e) {
      throw cannot("restore " + backup + " to " + lake, e);
    }
  }

  /** Fingerprint of the master key that the backup to be restored was made under. */
  public String keyFingerprint() {
    Path backup = chosen();
    try {
      return BackupManifest.read(backup).keyFingerprint();
    } catch (IOException e) {
      throw cannot("restore " + backup, e);
    }
  }

  private Path chosen() {
    if (Files.isRegularFile(folder.resolve(BackupManifest.FILE))) {
      return folder;
    }
    List<Path> backups = all();
    if (backups.isEmpty()) {
      throw new CannotException(
          "Cannot restore from %s: there is no whole backup in it. One that was killed has no %s. Name a folder of 'servicelake backup'."
              .formatted(folder, BackupManifest.FILE));
    }
    return backups.get(backups.size() - 1);
  }

  private static List<Path> files(Path lake) throws IOException {
    try (Stream<Path> tree = Files.walk(lake)) {
      return tree.filter(Files::isRegularFile)
          .filter(file -> !LEFT_OUT.contains(lake.relativize(file).getName(0).toString()))
          .filter(file -> !file.getFileName().toString().endsWith(".draft"))
          .sorted()
          .toList();
    }
  }

  /** Data files and commits are written once, under names of their own. */
  private static boolean neverChanges(String path) {
    return !path.startsWith("_")
        && (path.endsWith(".parquet")
            || path.endsWith(".bin")
            || path.matches(".*/_delta_log/\\d{20}\\.json"));
  }

  private static String copy(Path from, Path to) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(from), digest);
          OutputStream out = Files.newOutputStream(to)) {
        in.transferTo(out);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is not to be had from this Java", e);
    }
  }

  private void clear(String pattern) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      for (Path child : children.toList()) {
        if (child.getFileName().toString().matches(pattern)) {
          delete(child);
        }
      }
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.allMatch(child -> LEFT_OUT.contains(child.getFileName().toString()));
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException fault)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static CannotException cannot(String what, IOException cause) {
    return new CannotException(
        "Cannot %s: %s. The folders must be readable and writable, with room for the copy. Free room or name another folder and start again."
            .formatted(what, cause),
        cause);
  }
}
