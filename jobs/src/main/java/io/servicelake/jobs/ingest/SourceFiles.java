package io.servicelake.jobs.ingest;

import io.servicelake.jobs.CannotException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of sources below the data folder, local or on a Hadoop file system. */
final class SourceFiles {
  private static final Logger LOG = LoggerFactory.getLogger(SourceFiles.class);

  private final String folder;
  private final Configuration hadoop;

  SourceFiles(String folder, Configuration hadoop) {
    this.folder = folder;
    this.hadoop = hadoop;
  }

  /** Every file that a source's patterns match, by source and name. */
  List<SourceFile> list(List<Mapping> mappings) {
    List<SourceFile> found = new ArrayList<>();
    for (SourceFile file : all()) {
      java.nio.file.Path name = java.nio.file.Path.of(file.name());
      for (Mapping mapping : mappings) {
        boolean isMatch = mapping.files().stream().anyMatch(glob -> matcher(glob).matches(name));
        if (isMatch) {
          found.add(
              new SourceFile(
                  mapping.sourceId(), file.uri(), file.name(), file.size(), file.changedAt(), ""));
        }
      }
    }
    found.sort(Comparator.comparing(SourceFile::sourceId).thenComparing(SourceFile::name));
    return found;
  }

  private List<SourceFile> all() {
    try {
      Path root = new Path(folder);
      FileSystem fileSystem = root.getFileSystem(hadoop);
      Path resolved = fileSystem.resolvePath(root);
      return fileSystem instanceof LocalFileSystem
          ? here(java.nio.file.Path.of(resolved.toUri().getPath()).toRealPath())
          : elsewhere(fileSystem, resolved);
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new CannotException(
          "Cannot read sources: the folder %s does not exist. Files are looked for below it. Check sources.folder, or make sample data with: servicelake simulate"
              .formatted(folder));
    } catch (IOException e) {
      throw new CannotException(
          "Cannot read sources: the folder %s cannot be listed: %s. Files are looked for below it. Check sources.folder and its rights."
              .formatted(folder, e),
          e);
    }
  }

  /** Files of this machine; links in the folder are not followed. */
  private static List<SourceFile> here(java.nio.file.Path root) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(
              java.nio.file.Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              files.add(
                  new SourceFile(
                      "",
                      file.toUri().toString(),
                      root.relativize(file).toString(),
                      attributes.size(),
                      attributes.lastModifiedTime().toMillis(),
                      ""));
            } else if (attributes.isSymbolicLink()) {
              LOG.warn("Passed over {}: links in the folder of the sources lead elsewhere.", file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static List<SourceFile> elsewhere(FileSystem fileSystem, Path root) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    String prefix = root.toUri().getPath() + "/";
    RemoteIterator<LocatedFileStatus> entries = fileSystem.listFiles(root, true);
    while (entries.hasNext()) {
      LocatedFileStatus status = entries.next();
      String path = status.getPath().toUri().getPath();
      files.add(
          new SourceFile(
              "",
              status.getPath().toUri().toString(),
              path.startsWith(prefix) ? path.substring(prefix.length()) : path,
              status.getLen(),
              status.getModificationTime(),
              ""));
    }
    return files;
  }

  /**
   * Tells which names a pattern means.
   *
   * @throws IllegalArgumentException if it is none
   */
  static PathMatcher matcher(String glob) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob);
  }
}
