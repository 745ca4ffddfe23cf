package io.servicelake.jobs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.servicelake.jobs.io.LakeFiles;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The right to write to a lake, held by one process: {@code <lake>/_lock} names the holder, who
 * renews it. A holder that is gone from this machine, or on another machine has not renewed within
 * the lease, is taken for dead.
 */
public final class RunLock implements AutoCloseable {
  private static final String FILE = "_lock";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration POLL = Duration.ofMillis(500);

  /**
   * Who holds the lock.
   *
   * @param pidStartedAt when the process began, so that a reused number is not taken for it
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Holder(
      String runId, String host, long pid, String pidStartedAt, String since, String renewedAt) {

    boolean isSame(Holder other) {
      return runId.equals(other.runId);
    }

    String text() {
      return "process %d on %s since %s (run %s)".formatted(pid, host, since, runId);
    }
  }

  private final LakeFiles files;
  private final AtomicBoolean isHeld = new AtomicBoolean(true);
  private final Clock clock;
  private Holder holder;

  private RunLock(LakeFiles files, Clock clock, Holder holder) {
    this.files = files;
    this.clock = clock;
    this.holder = holder;
  }

  /**
   * Takes the lock.
   *
   * @param lease how long a holder on another machine may be silent
   * @param isWaiting wait for the holder to end
   * @param onWait is told the holder once if there is one to wait for
   * @throws CannotException naming the holder if there is one and this run does not wait
   */
  public static RunLock take(
      LakeFiles files,
      String runId,
      Duration lease,
      boolean isWaiting,
      Clock clock,
      Consumer<Holder> onWait) {
    boolean isTold = false;
    while (true) {
      Instant now = clock.instant();
      Holder self =
          new Holder(
              runId,
              host(),
              ProcessHandle.current().pid(),
              startOf(ProcessHandle.current()),
              now.toString(),
              now.toString());
      if (files.create(FILE, text(self))) {
        RunLock lock = new RunLock(files, clock, self);
        lock.renewEvery(lease.dividedBy(4));
        return lock;
      }
      Optional<Holder> other = holder(files);
      if (other.isEmpty()) {
        continue;
      }
      if (isDead(other.get(), lease, now)) {
        bury(files, other.get(), runId);
        continue;
      }
      if (!isWaiting) {
        throw new CannotException(
            "Cannot start the run: the lake %s is held by %s. Two writers would get in each other's way. Wait for it to end, or run with --wait."
                .formatted(files.root(), other.get().text()));
      }
      if (!isTold) {
        onWait.accept(other.get());
        isTold = true;
      }
      sleep(POLL);
    }
  }

  /** Who holds the lock of a lake; empty if nobody does. */
  public static Optional<Holder> holder(LakeFiles files) {
    return files
        .read(FILE)
        .map(
            text -> {
              try {
                return JSON.readValue(text, Holder.class);
              } catch (JsonProcessingException e) {
                throw new CannotException(
                    "Cannot read the lock %s: %s. It does not tell its holder. If no run is going on, delete the file."
                        .formatted(files.path(FILE), e.getOriginalMessage()),
                    e);
              }
            });
  }

  /** True if the holder can no longer give the lock back. */
  public static boolean isDead(Holder holder, Duration lease, Instant now) {
    if (holder.host().equals(host())) {
      return ProcessHandle.of(holder.pid())
          .filter(process -> startOf(process).equals(holder.pidStartedAt()))
          .isEmpty();
    }
    return Instant.parse(holder.renewedAt()).plus(lease).isBefore(now);
  }

  /**
   * Says that this process still holds the lock.
   *
   * @throws CannotException if another run took it over
   */
  public void ensureHeld() {
    if (!isHeld.get()) {
      throw new CannotException(
          "Cannot go on with the run: its lock on %s was taken over by another run. It was silent for longer than run.lease_seconds. Run again when the other has ended."
              .formatted(files.root()));
    }
  }

  /** Gives the lock back. */
  @Override
  public synchronized void close() {
    if (isHeld.getAndSet(false) && holder(files).filter(holder::isSame).isPresent()) {
      files.delete(FILE);
    }
  }

  private void renewEvery(Duration interval) {
    Thread thread =
        new Thread(
            () -> {
              while (isHeld.get()) {
                sleep(interval);
                renew();
              }
            },
            "lake-lock");
    thread.setDaemon(true);
    thread.start();
  }

  private synchronized void renew() {
    if (!isHeld.get()) {
      return;
    }
    if (holder(files).filter(holder::isSame).isEmpty()) {
      isHeld.set(false);
      return;
    }
    holder =
        new Holder(
            holder.runId(),
            holder.host(),
            holder.pid(),
            holder.pidStartedAt(),
            holder.since(),
            clock.instant().toString());
    files.write(FILE, text(holder));
  }

  /** Moves a dead holder's lock away; of several that try, one succeeds. */
  private static void bury(LakeFiles files, Holder dead, String runId) {
    String grave = FILE + ".dead-" + runId;
    if (!files.move(FILE, grave)) {
      return;
    }
    Optional<String> moved = files.read(grave);
    files.delete(grave);
    if (moved.isPresent() && !moved.get().contains(dead.runId())) {
      files.create(FILE, moved.get());
    }
  }

  private static String text(Holder holder) {
    try {
      return JSON.writeValueAsString(holder);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the lock", e);
    }
  }
}
