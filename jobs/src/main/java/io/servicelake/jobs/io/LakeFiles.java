package io.servicelake.jobs.io;

import io.servicelake.jobs.CannotException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * Small text files below the lake, local or on any Hadoop file system. A reader sees a file whole
 * or not at all. Local files go past Hadoop's checksum files, which a crash can leave out of step.
 */
public final class LakeFiles {
  private final Path root;
  private final Configuration hadoop;
  private final java.nio.file.Path local;

  /**
   * @param root folder or URI of the lake
   */
  public LakeFiles(String root, Configuration hadoop) {
    this.hadoop = hadoop;
    boolean isUri = root.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*");
    if (!isUri || root.startsWith("file:")) {
      this.local =
          (isUri
                  ? java.nio.file.Path.of(new Path(root).toUri().getPath())
                  : java.nio.file.Path.of(root))
              .toAbsolutePath()
              .normalize();
      this.root = new Path(local.toUri());
    } else {
      this.local = null;
      this.root = new Path(URI.create(root));
    }
  }

  /** The lake's folder as Spark takes it. */
  public String root() {
    return local != null ? local.toString() : root.toString();
  }

  /** Full path of a file or folder below the lake. */
  public String path(String relative) {
    return root() + "/" + relative;
  }

  /** The lake's folder on this machine; empty if it lies elsewhere. */
  public Optional<java.nio.file.Path> localRoot() {
    return Optional.ofNullable(local);
  }

  /** Content of a file; empty if there is none. */
  public Optional<String> read(String relative) {
    try {
      if (local != null) {
        return Optional.of(Files.readString(local.resolve(relative)));
      }
      try (FSDataInputStream in = fileSystem().open(new Path(root, relative))) {
        return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (NoSuchFileException | FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw cannot("read", relative, e);
    }
  }

  /** Writes a file in one go, over an older one. */
  public void write(String relative, String content) {
    String draft = relative + ".draft";
    try {
      if (local != null) {
        java.nio.file.Path target = local.resolve(relative);
        Files.createDirectories(target.getParent());
        Files.writeString(local.resolve(draft), content);
        Files.move(local.resolve(draft), target, StandardCopyOption.ATOMIC_MOVE);
        return;
      }
      FileContext files = FileContext.getFileContext(root.toUri(), hadoop);
      Path from = new Path(root, draft);
      try (OutputStream out =
          files.create(
              from,
              EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE),
              Options.CreateOpts.createParent())) {
        out.write(content.getBytes(StandardCharsets.UTF_8));
      }
      files.rename(from, new Path(root, relative), Options.Rename.OVERWRITE);
    } catch (IOException e) {
      throw cannot("write", relative, e);
    }
  }

  /** Writes a file that must not exist; false if it does. */
  public boolean create(String relative, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    try {
      if (local != null) {
        java.nio.file.Path target = local.resolve(relative);
        Files.createDirectories(target.getParent());
        // Written aside and linked: nobody finds a file that is still empty.
        java.nio.file.Path draft =
            Files.createTempFile(target.getParent(), target.getFileName().toString(), ".draft");
        try {
          Files.write(draft, bytes, StandardOpenOption.TRUNCATE_EXISTING);
          Files.createLink(target, draft);
        } catch (UnsupportedOperationException e) {
          Files.write(target, bytes, StandardOpenOption.CREATE_NEW);
        } finally {
          Files.deleteIfExists(draft);
        }
        return true;
      }
      try (OutputStream out = fileSystem().create(new Path(root, relative), false)) {
        out.write(bytes);
      }
      return true;
    } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw cannot("write", relative, e);
    }
  }

  /** Renames a file; false if there is none, as when another process was faster. */
  public boolean move(String from, String to) {
    try {
      if (local != null) {
        Files.move(local.resolve(from), local.resolve(to), StandardCopyOption.ATOMIC_MOVE);
        return true;
      }
      return fileSystem().rename(new Path(root, from), new Path(root, to));
    } catch (NoSuchFileException | FileNotFoundException e) {
      return false;
    } catch (IOException e) {
      throw cannot("rename", from, e);
    }
  }

  /** Removes a file; nothing happens if there is none. */
  public void delete(String relative) {
    try {
      if (local != null) {
        Files.deleteIfExists(local.resolve(relative));
      } else {
        fileSystem().delete(new Path(root, relative), false);
      }
    } catch (IOException e) {
      throw cannot("delete", relative, e);
    }
  }

  /** Names in a folder, in no order; empty if there is none. */
  public List<String> list(String relative) {
    try {
      List<String> names = new ArrayList<>();
      if (local != null) {
        try (Stream<java.nio.file.Path> files = Files.list(local.resolve(relative))) {
          files.forEach(file -> names.add(file.getFileName().toString()));
        }
      } else {
        for (FileStatus status : fileSystem().listStatus(new Path(root, relative))) {
          names.add(status.getPath().getName());
        }
      }
      return names;
    } catch (NoSuchFileException | FileNotFoundException e) {
      return List.of();
    } catch (UncheckedIOException e) {
      throw cannot("list", relative, e.getCause());
    } catch (IOException e) {
      throw cannot("list", relative, e);
    }
  }

  private FileSystem fileSystem() throws IOException {
    return root.getFileSystem(hadoop);
  }

  private CannotException cannot(String verb, String relative, IOException cause) {
    return new CannotException(
        "Cannot %s %s: %s. The lake's folder must be reachable and writable. Check lake.path and its rights."
            .formatted(verb, path(relative), cause),
        cause);
  }
}
