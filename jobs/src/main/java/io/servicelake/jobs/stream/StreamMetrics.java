package io.servicelake.jobs.stream;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.ingest.TopicBatch;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Map;

/** The stream's figures for Prometheus, on 127.0.0.1. */
final class StreamMetrics implements AutoCloseable {
  private static final String SOURCE = "source";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Gauge lag =
      Gauge.builder()
          .name("servicelake_stream_lag_messages")
          .help("Messages that wait to be read.")
          .labelNames(SOURCE)
          .register(registry);
  private final Counter messages =
      Counter.builder()
          .name("servicelake_stream_messages_total")
          .help("Messages read into bronze.")
          .labelNames(SOURCE)
          .register(registry);
  private final Counter refused =
      Counter.builder()
          .name("servicelake_stream_refused_total")
          .help("Messages that could not be read.")
          .labelNames(SOURCE)
          .register(registry);
  private final Gauge newest =
      Gauge.builder()
          .name("servicelake_stream_newest_message_timestamp_seconds")
          .help("The broker's stamp of the newest message read.")
          .labelNames(SOURCE)
          .register(registry);
  private final Histogram batchSeconds =
      Histogram.builder()
          .name("servicelake_stream_batch_seconds")
          .help("How long a batch took into bronze.")
          .classicOnly()
          .classicUpperBounds(0.5, 1, 2, 5, 10, 20, 60, 120)
          .register(registry);
  private final Counter silverRows =
      Counter.builder()
          .name("servicelake_stream_silver_rows_total")
          .help("Rows that silver judged.")
          .register(registry);
  private final Counter silverRejects =
      Counter.builder()
          .name("servicelake_stream_silver_rejects_total")
          .help("Rows that silver refused.")
          .register(registry);
  private final Gauge boardsSeconds =
      Gauge.builder()
          .name("servicelake_stream_boards_seconds")
          .help("How long silver and the boards took to follow, the last time.")
          .register(registry);
  private final Gauge boardsAt =
      Gauge.builder()
          .name("servicelake_stream_boards_timestamp_seconds")
          .help("When silver and the boards last followed.")
          .register(registry);
  private final HTTPServer server;

  /**
   * @param port on 127.0.0.1; 0: no endpoint
   * @throws CannotException if the port is taken
   */
  StreamMetrics(int port) {
    try {
      server =
          port == 0
              ? null
              : HTTPServer.builder()
                  .inetAddress(InetAddress.getByName("127.0.0.1"))
                  .port(port)
                  .registry(registry)
                  .buildAndStart();
    } catch (IOException e) {
      throw new CannotException(
          "Cannot serve figures on port %d of 127.0.0.1: %s. Another program listens there. Stop it, or set stream.metrics_port (0: no endpoint)."
              .formatted(port, e.getMessage()),
          e);
    }
  }

  void batch(TopicBatch batch) {
    batchSeconds.observe(batch.seconds());
    batch
        .feeds()
        .forEach(
            (source, feed) -> {
              messages.labelValues(source).inc(feed.messages());
              refused.labelValues(source).inc(feed.refused());
              newest.labelValues(source).set(feed.lastStamp() / 1000.0);
            });
  }

  void lag(Map<String, Long> bySource) {
    bySource.forEach((source, waiting) -> lag.labelValues(source).set(waiting));
  }

  void boards(Instant at, double seconds, long rows, long rejects) {
    boardsAt.set(at.toEpochMilli() / 1000.0);
    boardsSeconds.set(seconds);
    silverRows.inc(rows);
    silverRejects.inc(rejects);
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
