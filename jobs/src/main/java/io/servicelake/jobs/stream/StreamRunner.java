package io.servicelake.jobs.stream;

import io.servicelake.jobs.AsOf;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.Flow;
import io.servicelake.jobs.FlowRunner;
import io.servicelake.jobs.RunListener;
import io.servicelake.jobs.RunResult;
import io.servicelake.jobs.StepResult;
import io.servicelake.jobs.config.KafkaSettings;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.config.StreamSettings;
import io.servicelake.jobs.ingest.Mapping;
import io.servicelake.jobs.ingest.TopicBatch;
import io.servicelake.jobs.ingest.TopicStream;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.kafka.KafkaConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the lake current from topics until it is asked to stop: batches of messages into bronze,
 * and in an interval silver, gold and the boards after them, then alerts. Brokers that are away for
 * a while are waited for.
 */
public final class StreamRunner {
  private static final Logger LOG = LoggerFactory.getLogger(StreamRunner.class);
  private static final Duration LONGEST_AWAY = Duration.ofMinutes(15);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
  private static final Duration LAST_BATCH = Duration.ofSeconds(60);

  private final Lakehouse lake;
  private final Settings settings;
  private final StreamSettings how;
  private final KafkaConnection connection;
  private final Runnable mayWrite;
  private final Supplier<String> publish;
  private final Consumer<String> out;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final String runId = UUID.randomUUID().toString();
  private final Clock clock = Clock.systemUTC();
  private volatile TopicBatch newest;
  private volatile long batches;
  private volatile Instant lastGood = Instant.now();
  private long followed;
  private Instant boardsAt;
  private double boardsSeconds;
  private long silverRows;
  private long silverRejects;

  /**
   * @param mayWrite asked before anything is written; throws if another process has taken the lake
   * @param publish publishes what changed and says what; used if stream.publish is on
   * @param out is told what goes on, line by line
   */
  public StreamRunner(
      Lakehouse lake,
      Settings settings,
      KafkaConnection connection,
      Runnable mayWrite,
      Supplier<String> publish,
      Consumer<String> out) {
    this.lake = lake;
    this.settings = settings;
    this.how = settings.get(StreamSettings.class);
    this.connection = connection;
    this.mayWrite = mayWrite;
    this.publish = publish;
    this.out = out;
  }

  /**
   * Asks it to stop: what is under way is finished; what the boards lack they get at the next
   * start.
   */
  public void stop() {
    stop.countDown();
  }

  /**
   * Runs until {@link #stop}.
   *
   * @throws CannotException if no source is a topic, messages were lost, a step fails, or the
   *     brokers stay away
   */
  public void run() {
    List<Mapping> mappings = Flow.mappings(settings);
    Duration pause = Duration.ofSeconds(1);
    try (StreamMetrics metrics = new StreamMetrics(how.metricsPort())) {
      boolean isFirst = true;
      while (!isStopping()) {
        try (TopicStream topics =
            new TopicStream(
                mappings,
                Flow.masterKey(settings),
                connection,
                settings.get(KafkaSettings.class))) {
          if (topics.topics().isEmpty()) {
            throw new CannotException(
                "Cannot stream: no source of ingest.sources is a topic. The stream reads sources with kafka { topic = ... } in their mapping file. Add one, or use servicelake run.");
          }
          StreamingQuery query;
          try {
            query =
                topics.start(
                    lake,
                    runId,
                    Trigger.ProcessingTime(how.batchSeconds(), TimeUnit.SECONDS),
                    batch -> took(batch, metrics));
          } catch (CannotException e) {
            if (isFirst) {
              throw e;
            }
            pause = retry(e, pause);
            continue;
          }
          if (isFirst) {
            out.accept("Reading " + String.join(", ", topics.topics().values()));
            isFirst = false;
          }
          RuntimeException fault = follow(query, topics, metrics);
          if (fault != null) {
            pause = retry(fault, Duration.ofSeconds(1));
          }
        }
      }
    } finally {
      status("STOPPED", Map.of());
    }
    out.accept("Stopped.");
  }

  /** Lets the boards follow the query until it ends; null if it was stopped as asked. */
  private RuntimeException follow(StreamingQuery query, TopicStream topics, StreamMetrics metrics) {
    Instant nextBoards = clock.instant();
    try {
      while (query.isActive() && !isStopping()) {
        mayWrite.run();
        if (!clock.instant().isBefore(nextBoards)) {
          topics.betweenBatches(() -> boards(topics, metrics));
          nextBoards = clock.instant().plusSeconds(how.boardSeconds());
        }
        tellLag(topics, metrics);
        await(Duration.ofSeconds(how.batchSeconds()));
      }
      if (query.exception().isDefined()) {
        return TopicStream.explained(query.exception().get());
      }
      Instant patience = clock.instant().plus(LAST_BATCH);
      while (query.status().isTriggerActive() && clock.instant().isBefore(patience)) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      query.stop();
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
      return null;
    } catch (java.util.concurrent.TimeoutException e) {
      LOG.warn("The query did not stop in time; what it was at is done over", e);
      return null;
    } finally {
      stopQuietly(query);
    }
  }

  private void boards(TopicStream topics, StreamMetrics metrics) {
    long upTo = batches;
    boolean isLeftOver = boardsAt == null && !TopicStream.feeds(lake.files()).isEmpty();
    if (upTo > followed || isLeftOver) {
      RunResult result =
          new FlowRunner(
                  lake,
                  settings,
                  AsOf.dayUnderWay(settings.zone(), clock),
                  RunListener.NONE,
                  mayWrite)
              .run(Flow.withinTheHour(settings, topics.tables()));
      if (result.failure().isPresent()) {
        StepResult failed = result.failure().get();
        throw new CannotException(
            "Cannot go on with the stream: step %s failed: %s. What came in is in bronze and is not lost. The log has the details; correct the cause and start again."
                .formatted(failed.step(), failed.fault().getMessage()),
            failed.fault());
      }
      followed = upTo;
      boardsAt = clock.instant();
      boardsSeconds = result.seconds();
      silverRows += result.count("read");
      silverRejects += result.count("rejected");
      metrics.boards(boardsAt, boardsSeconds, result.count("read"), result.count("rejected"));
      out.accept(
          String.format(
              Locale.ROOT,
              "Boards follow in %.1f s: %,d rows judged, %,d refused",
              boardsSeconds,
              result.count("read"),
              result.count("rejected")));
      if (how.publish()) {
        published();
      }
    }
    try {
      long sent =
          new StreamAlerts(lake, connection, settings.get(KafkaSettings.class), how)
              .raise(TopicStream.feeds(lake.files()), clock.instant());
      if (sent > 0) {
        out.accept("Alerts sent: " + sent);
      }
    } catch (CannotException e) {
      LOG.warn("Alerts wait for the brokers", e);
    }
  }

  /** Dashboards that cannot be served for a while do not hold the lake up. */
  private void published() {
    try {
      out.accept(publish.get());
    } catch (CannotException e) {
      LOG.warn("The boards are not published", e);
      out.accept("Not published: " + e.getMessage());
    }
  }

  private void took(TopicBatch batch, StreamMetrics metrics) {
    newest = batch;
    batches++;
    lastGood = clock.instant();
    metrics.batch(batch);
    out.accept(
        String.format(
            Locale.ROOT,
            "Batch %d: %,d messages in %.1f s",
            batch.batchNo(),
            batch.messages(),
            batch.seconds()));
  }

  private void tellLag(TopicStream topics, StreamMetrics metrics) {
    Map<String, Long> lag;
    try {
      lag = topics.lag(lake.files());
      lastGood = clock.instant();
    } catch (CannotException e) {
      LOG.warn("The lag is not known", e);
      return;
    }
    metrics.lag(lag);
    status("RUNNING", lag);
  }

  private Duration retry(RuntimeException fault, Duration pause) {
    boolean isAway =
        Duration.between(lastGood, clock.instant()).compareTo(LONGEST_AWAY) < 0
            && !String.valueOf(fault.getMessage()).startsWith("Cannot go on reading Kafka");
    if (!isAway) {
      throw fault;
    }
    LOG.warn("The brokers are away or the query ended; it is begun again", fault);
    out.accept(
        "Trying again: " + String.valueOf(fault.getMessage()).lines().findFirst().orElse(""));
    status("RETRYING", Map.of());
    await(pause);
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private void status(String state, Map<String, Long> lag) {
    TopicBatch batch = newest;
    new StreamStatus(
            state,
            clock.instant().toString(),
            TopicStream.feeds(lake.files()),
            lag,
            batch == null ? 0 : batch.messages(),
            batch == null ? 0 : batch.seconds(),
            boardsAt == null ? null : boardsAt.toString(),
            boardsSeconds,
            boardsAt != null && followed == batches,
            silverRows,
            silverRejects)
        .save(lake.files());
  }

  private boolean isStopping() {
    return stop.getCount() == 0;
  }

  private void await(Duration time) {
    try {
      if (stop.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("Asked to stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    }
  }

  private static void stopQuietly(StreamingQuery query) {
    try {
      query.stop();
    } catch (java.util.concurrent.TimeoutException e) {
      LOG.warn("The query did not stop in time; what it was at is done over", e);
    }
  }
}
