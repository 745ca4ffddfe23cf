package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.Flow;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.io.LakeFiles;
import io.servicelake.jobs.io.LocalDisk;
import io.servicelake.jobs.upkeep.Backups;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeKeyTest {
  @TempDir private Path home;
  private Settings settings;
  private LakeFiles lake;
  private Path file;

  @BeforeEach
  void anInstallationWhoseKeyIsInItsFile() {
    assumeThat(System.getenv(MasterKey.VARIABLE)).isNull();
    settings = Settings.load(home, null, List.of("lake.path=lake"), Map.of());
    lake = new LakeFiles(home.resolve("lake").toString(), LocalDisk.configuration());
    file = home.resolve(".servicelake/secrets/master.key");
  }

  @Test
  void aKeyThatIsGoneIsNotMadeAnewForALakeThatWasBegun() throws Exception {
    MasterKey made = Flow.masterKey(settings);
    LakeKey.begin(lake, made);
    assertThat(Flow.masterKey(settings).fingerprint()).isEqualTo(made.fingerprint());
    Files.delete(file);

    assertThatThrownBy(() -> Flow.masterKey(settings))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining(
            "there is no %s, and the lake was begun under the key with the fingerprint %s",
            file, made.fingerprint());
    assertThat(file).doesNotExist();
  }

  @Test
  void noKeyIsMadeForALakeThatIsToBeRestored() {
    Path backups = home.resolve("backups");
    lake.write("_progress/rows", "some");
    new Backups(backups).make(home.resolve("lake"), "fingerprint", Instant.EPOCH);
    String begunUnder = new Backups(backups).keyFingerprint();

    assertThatThrownBy(() -> Flow.masterKey(settings, Optional.of(begunUnder)))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("begun under the key with the fingerprint fingerprint.");
    assertThat(file).doesNotExist();
  }

  @Test
  void anotherKeyThanTheLakesIsRefusedAndTheLakesOwnIsTaken() {
    MasterKey own = MasterKey.of(new byte[32]);
    MasterKey other = Flow.masterKey(settings);
    LakeKey.require(lake, other, "do it", "A new lake takes any key.");
    LakeKey.begin(lake, own);

    LakeKey.require(lake, own, "do it", "It is its own.");
    assertThatThrownBy(() -> LakeKey.require(lake, other, "do it", "Keys differ."))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot do it: ")
        .hasMessageContainingAll(own.fingerprint(), other.fingerprint(), "Keys differ.");
  }
}
