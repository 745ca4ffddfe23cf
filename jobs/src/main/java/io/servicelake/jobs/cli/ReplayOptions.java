package io.servicelake.jobs.cli;

import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.kafka.KafkaConnection;
import io.servicelake.jobs.kafka.TopicWriter;
import io.servicelake.jobs.kafka.Topics;
import io.servicelake.jobs.simulate.Replay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that play simulated exports to Kafka. */
public final class ReplayOptions {
  @Mixin private LakeOptions options = new LakeOptions();

  @Option(
      names = "--to-kafka",
      description =
          "Plays the exports to the topics of conf/sources/demo-stream; simulates them first if the folder is not there.")
  private boolean isWanted;

  @Option(
      names = "--from",
      paramLabel = "<date>",
      description = "First day that is played (default: the last day of the history).")
  private LocalDate from;

  @Option(
      names = "--until",
      paramLabel = "<date>",
      description = "Last day that is played (default: the last day of the history).")
  private LocalDate until;

  @Option(
      names = "--speed",
      paramLabel = "<factor>",
      defaultValue = "1440",
      description =
          "How many times faster than in life; 1440 plays a day in a minute, 0 without pauses (default: ${DEFAULT-VALUE}).")
  private double speed;

  boolean isWanted() {
    return isWanted;
  }

  /** Plays the days; returns the exit status. */
  int play(Path exports, LocalDate lastDay, PrintWriter out) throws IOException {
    Settings settings = options.settings();
    KafkaConnection connection = KafkaConnection.of(settings, System.getenv());
    try (Topics topics = new Topics(connection)) {
      topics.create(Replay.TOPICS);
    }
    try (TopicWriter writer = new TopicWriter(connection)) {
      long count =
          new Replay(exports)
              .play(
                  from == null ? lastDay : from,
                  until == null ? lastDay : until,
                  speed,
                  writer::send,
                  ReplayOptions::await);
      writer.flush();
      out.println(
          String.format(
              Locale.ROOT, "%,d messages sent to Kafka at %s", count, connection.servers()));
      out.flush();
    }
    return ExitStatus.DONE;
  }

  private static void await(Duration time) {
    try {
      Thread.sleep(time.toMillis(), (int) (time.toNanos() % 1_000_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
