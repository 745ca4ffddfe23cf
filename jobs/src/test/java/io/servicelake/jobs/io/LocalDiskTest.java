package io.servicelake.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTest {
  private static final Configuration CONFIGURATION = LocalDisk.configuration();

  @TempDir java.nio.file.Path folder;

  @Test
  void rightsAreThoseAskedFor() throws Exception {
    try (FileSystem disk = FileSystem.newInstance(folder.toUri(), CONFIGURATION)) {
      Path file = path("a");
      disk.create(file).close();
      disk.setPermission(file, new FsPermission((short) 0640));

      assertThat(disk).isInstanceOf(LocalDisk.class);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a"))))
          .isEqualTo("rw-r-----");
    }
  }

  @Test
  void aFileIsRenamedByContextOnlyWhereNoneIs() throws Exception {
    FileContext context = FileContext.getFileContext(folder.toUri(), CONFIGURATION);
    write(context, "a", "first");
    context.rename(path("a"), path("b"), Options.Rename.NONE);
    write(context, "c", "second");

    assertThat(context.getDefaultFileSystem()).isInstanceOf(LocalDisk.OfContext.class);
    assertThatThrownBy(() -> context.rename(path("c"), path("b"), Options.Rename.NONE))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> context.rename(path("a"), path("d"), Options.Rename.NONE))
        .isInstanceOf(FileNotFoundException.class);
    assertThat(Files.readString(folder.resolve("b"))).isEqualTo("first");
  }

  @Test
  void aFileThatWasAlteredIsNotRead() throws Exception {
    try (FileSystem disk = FileSystem.newInstance(folder.toUri(), CONFIGURATION)) {
      try (FSDataOutputStream out = disk.create(path("a"))) {
        out.writeUTF("first");
      }
      Files.writeString(folder.resolve("a"), "1234567");

      assertThatThrownBy(() -> disk.open(path("a")).readUTF())
          .isInstanceOf(ChecksumException.class);
    }
  }

  private void write(FileContext context, String name, String text) throws Exception {
    try (FSDataOutputStream out =
        context.create(path(name), java.util.EnumSet.of(CreateFlag.CREATE))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }
}
