package io.servicelake.jobs.io;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFs;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FsConstants;
import org.apache.hadoop.fs.FsServerDefaults;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.local.LocalConfigKeys;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system, checksums included, but for rights and links: without Hadoop's native
 * library it starts a process for each, about a dozen for a commit of Delta.
 */
public final class LocalDisk extends LocalFileSystem {
  /** What puts it in the place of Hadoop's own in a Hadoop configuration. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "fs.file.impl", LocalDisk.class.getName(),
          "fs.AbstractFileSystem.file.impl", OfContext.class.getName());

  public LocalDisk() {
    super(new Raw());
  }

  /** A configuration of Hadoop that uses it. */
  public static Configuration configuration() {
    Configuration configuration = new Configuration();
    SETTINGS.forEach(configuration::set);
    return configuration;
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      java.nio.file.Path file = pathToFile(path).toPath();
      if (permission.getStickyBit()
          || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        super.setPermission(path, permission);
        return;
      }
      Files.setPosixFilePermissions(
          file,
          PosixFilePermissions.fromString(
              permission.getUserAction().SYMBOL
                  + permission.getGroupAction().SYMBOL
                  + permission.getOtherAction().SYMBOL));
    }

    @Override
    public FileStatus getFileLinkStatus(Path path) throws IOException {
      // What it leads to: Hadoop asks readlink for the path with its scheme, which finds no link.
      return getFileStatus(path);
    }
  }

  /** The same for {@link org.apache.hadoop.fs.FileContext}, by which Delta commits. */
  public static final class OfContext extends ChecksumFs {
    OfContext(URI uri, Configuration conf) throws IOException, URISyntaxException {
      super(new RawOfContext(conf));
    }
  }

  private static final class RawOfContext extends DelegateToFileSystem {
    RawOfContext(Configuration conf) throws IOException, URISyntaxException {
      super(FsConstants.LOCAL_FS_URI, new Raw(), conf, FsConstants.LOCAL_FS_URI.getScheme(), false);
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }

    @Override
    public FsServerDefaults getServerDefaults(Path path) throws IOException {
      return LocalConfigKeys.getServerDefaults();
    }

    @Override
    public boolean isValidName(String name) {
      // Any name the system takes.
      return true;
    }
  }
}
