package io.servicelake.jobs.cli;

import io.servicelake.jobs.RunLock;
import io.servicelake.jobs.config.RunSettings;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.kafka.KafkaConnection;
import io.servicelake.jobs.stream.StreamRunner;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stream}: topics to boards until it is stopped. */
@Command(
    name = "stream",
    description = "Follows the topics of sources and keeps the boards current until it is stopped.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class StreamCommand implements Callable<Integer> {
  private static final long SECONDS_TO_STOP = 300;

  @Mixin private LakeOptions options = new LakeOptions();

  @Option(names = "--wait", description = "Wait for a run on the lake to end.")
  private boolean isWaiting;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Settings settings = options.settings();
    PrintWriter out = spec.commandLine().getOut();
    KafkaConnection connection = KafkaConnection.of(settings, System.getenv());
    RunSettings how = settings.get(RunSettings.class);
    // Spark's hooks are given half a minute otherwise, which a round of the boards may exceed.
    System.setProperty("spark.shutdown.timeout", SECONDS_TO_STOP + "s");
    CountDownLatch ended = new CountDownLatch(1);
    try (RunLock lock =
        RunLock.take(
            options.files(),
            UUID.randomUUID().toString(),
            Duration.ofSeconds(how.leaseSeconds()),
            isWaiting || how.waitForLock(),
            Clock.systemUTC(),
            holder ->
                tell(out, "Waiting for process %d on %s".formatted(holder.pid(), holder.host())))) {
      Lakehouse lake = options.open();
      StreamRunner runner =
          new StreamRunner(
              lake,
              settings,
              connection,
              lock::ensureHeld,
              () -> PublishCommand.publish(lake, settings),
              line -> tell(out, line));
      stopOnSignal(runner, ended);
      runner.run();
      return ExitStatus.DONE;
    } finally {
      ended.countDown();
    }
  }

  /** Spark's own hook would end the session under a batch: this one runs before it. */
  private static void stopOnSignal(StreamRunner runner, CountDownLatch ended) {
    org.apache.spark.util.ShutdownHookManager.addShutdownHook(
        Integer.MAX_VALUE,
        () -> {
          runner.stop();
          try {
            ended.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return scala.runtime.BoxedUnit.UNIT;
        });
  }

  private static void tell(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
