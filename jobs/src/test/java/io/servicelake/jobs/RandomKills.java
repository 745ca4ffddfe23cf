package io.servicelake.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.servicelake.jobs.Commands.Command;
import io.servicelake.jobs.ingest.MasterKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the demo's lake anew while its run is killed ten times at random, and holds it against the
 * demo's own. Run by hand after {@code servicelake demo}; see docs/faults.md.
 */
class RandomKills {
  private static final int KILLS = Integer.getInteger("servicelake.kills", 10);
  private static final String DAY = System.getProperty("servicelake.as_of", "2025-12-30");
  private static final Path STATE =
      Path.of(System.getProperty("servicelake.state", "../.servicelake")).toAbsolutePath();

  @TempDir Path folder;

  @Test
  void aLakeKilledAtRandomIsTheUndisturbedOne() throws Exception {
    assumeTrue(Files.isDirectory(STATE.resolve("lake")), "no demo lake in " + STATE);
    String lake = folder.resolve("lake").toString();
    Commands.Builder run =
        new Commands(folder.resolve("home"), 1)
            .of("run", "--as-of=" + DAY, "--lake=" + lake)
            .also("--set=ingest.folder=" + STATE.resolve("exports"))
            .with(
                Map.of(
                    MasterKey.VARIABLE,
                    Files.readString(STATE.resolve("secrets/master.key")).strip()));
    Random random = new Random(Long.getLong("servicelake.faults.seed", 1));
    for (int kill = 1; kill <= KILLS; kill++) {
      Command command = run.start();
      long moment = System.nanoTime() + (10 + random.nextInt(70)) * 1_000_000_000L;
      command.until(output -> System.nanoTime() > moment);
      command.kill();
      System.out.printf(
          "kill %d of %d: %s%n", kill, KILLS, command.output().lines().reduce("", (a, b) -> b));
    }

    Command last = run.start();

    assertThat(last.status()).as(last.output()).isZero();
    assertThat(LakeContents.of(lake, table -> true))
        .isEqualTo(LakeContents.of(STATE.resolve("lake").toString(), table -> true));
  }
}
