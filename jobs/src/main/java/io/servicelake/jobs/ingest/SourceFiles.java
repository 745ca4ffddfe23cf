package io.servicelake.jobs.ingest;

import io.servicelake.jobs.CannotException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** The files of sources below the data folder, local or on a Hadoop file system. */
final class SourceFiles {
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
    List<SourceFile> files = new ArrayList<>();
    try {
      Path root = new Path(folder);
      FileSystem fileSystem = root.getFileSystem(hadoop);
      String prefix = fileSystem.resolvePath(root).toUri().getPath() + "/";
      RemoteIterator<LocatedFileStatus> entries = fileSystem.listFiles(root, true);
      while (entries.hasNext()) {
        LocatedFileStatus status = entries.next();
        String path = status.getPath().toUri().getPath();
        String name = path.startsWith(prefix) ? path.substring(prefix.length()) : path;
        files.add(
            new SourceFile(
                "",
                status.getPath().toUri().toString(),
                name,
                status.getLen(),
                status.getModificationTime(),
                ""));
      }
      return files;
    } catch (FileNotFoundException e) {
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

  private static PathMatcher matcher(String glob) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob);
  }
}
