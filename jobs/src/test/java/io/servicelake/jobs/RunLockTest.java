package io.servicelake.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.jobs.io.LakeFiles;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
  private static final Duration LEASE = Duration.ofSeconds(120);

  @TempDir Path folder;
  private LakeFiles files;

  @BeforeEach
  void open() {
    files = new LakeFiles(folder.toString(), new Configuration(false));
  }

  @Test
  void secondRunIsToldWhoHoldsTheLake() {
    try (RunLock lock = take("first", false)) {
      lock.ensureHeld();
      assertThatThrownBy(() -> take("second", false))
          .isInstanceOf(CannotException.class)
          .hasMessageMatching(
              "Cannot start the run: the lake .* is held by process \\d+ on .* since .* \\(run first\\)\\..*--wait\\.");
    }
    assertThat(RunLock.holder(files)).isEmpty();
  }

  @Test
  void waitingRunGoesOnWhenTheHolderEnds() throws Exception {
    RunLock first = take("first", false);
    List<String> told = new ArrayList<>();
    CountDownLatch isWaiting = new CountDownLatch(1);
    CompletableFuture<RunLock> second =
        CompletableFuture.supplyAsync(
            () ->
                RunLock.take(
                    files,
                    "second",
                    LEASE,
                    true,
                    Clock.systemUTC(),
                    holder -> {
                      told.add(holder.runId());
                      isWaiting.countDown();
                    }));
    assertThat(isWaiting.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(second).isNotDone();
    first.close();

    second.get().close();
    assertThat(told).containsExactly("first");
  }

  @Test
  void lockOfAProcessThatIsGoneIsTakenOver() {
    String host = heldBy("first").host();
    files.write("_lock", holder(host, 999_999_999L, "2999-01-01T00:00:00Z"));

    assertThat(heldBy("second").runId()).isEqualTo("second");
  }

  @Test
  void lockOfAnotherMachineIsTakenOverOnlyAfterItsLease() {
    files.write("_lock", holder("elsewhere", 1, "2999-01-01T00:00:00Z"));
    assertThatThrownBy(() -> take("second", false)).hasMessageContaining("elsewhere");

    files.write("_lock", holder("elsewhere", 1, "2020-01-01T00:00:00Z"));
    assertThat(heldBy("second").runId()).isEqualTo("second");
  }

  private RunLock.Holder heldBy(String runId) {
    try (RunLock lock = take(runId, false)) {
      lock.ensureHeld();
      return RunLock.holder(files).orElseThrow();
    }
  }

  private RunLock take(String runId, boolean isWaiting) {
    return RunLock.take(files, runId, LEASE, isWaiting, Clock.systemUTC(), holder -> {});
  }

  private static String holder(String host, long pid, String renewedAt) {
    return "{\"runId\":\"first\",\"host\":\"%s\",\"pid\":%d,\"pidStartedAt\":\"\",\"since\":\"2020-01-01T00:00:00Z\",\"renewedAt\":\"%s\"}"
        .formatted(host, pid, renewedAt);
  }
}
