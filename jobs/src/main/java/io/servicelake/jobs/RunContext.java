package io.servicelake.jobs;

import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** What the body of one step sees of the run: its inputs, the as-of day, settings and the lake. */
public final class RunContext {
  private final String runId;
  private final Supplier<LocalDate> asOf;
  private final Optional<LocalDate> lastAsOf;
  private final Settings settings;
  private final Consumer<Class<? extends Record>> guard;
  private final Lakehouse lake;
  private final Inputs inputs;
  private final String txnPrefix;
  private final long txnVersion;
  private final Map<String, Long> rowsBy = new HashMap<>();

  /**
   * @param asOf gives the as-of day when a step first asks for it
   * @param lastAsOf see {@link #lastAsOf}
   * @param guard refuses sections that the step does not declare
   * @param lake the lake in the step's own session
   * @param txnPrefix names the step in every commit
   * @param txnVersion number of the step's plan
   */
  public RunContext(
      String runId,
      Supplier<LocalDate> asOf,
      Optional<LocalDate> lastAsOf,
      Settings settings,
      Consumer<Class<? extends Record>> guard,
      Lakehouse lake,
      Inputs inputs,
      String txnPrefix,
      long txnVersion) {
    this.runId = runId;
    this.asOf = asOf;
    this.lastAsOf = lastAsOf;
    this.settings = settings;
    this.guard = guard;
    this.lake = lake;
    this.inputs = inputs;
    this.txnPrefix = txnPrefix;
    this.txnVersion = txnVersion;
  }

  /** Identifier of the run. */
  public String runId() {
    return runId;
  }

  /** The day as of which features, scores and lists are computed. */
  public LocalDate asOf() {
    return asOf.get();
  }

  /**
   * The as-of day of the step's last finished plan, if that had the code and the settings of this
   * one: then only data and day can have changed since.
   */
  public Optional<LocalDate> lastAsOf() {
    return lastAsOf;
  }

  /** First instant after the as-of day in the lake's zone. */
  public Instant endOfAsOf() {
    return asOf().plusDays(1).atStartOfDay(zone()).toInstant();
  }

  /** The lake's zone: dates are days in it. */
  public ZoneId zone() {
    return settings.zone();
  }

  /**
   * A section of the configuration.
   *
   * @throws CannotException if the step does not declare that it depends on the section
   */
  public <R extends Record> R settings(Class<R> section) {
    guard.accept(section);
    return settings.get(section);
  }

  /** The step's declared inputs. */
  public Inputs in() {
    return inputs;
  }

  /** The lake, in the step's own session. */
  public Lakehouse lake() {
    return lake;
  }

  /** The step's own session. */
  public SparkSession spark() {
    return lake.session();
  }

  /** Name of one of the step's commits; the same when an unfinished plan is done over. */
  public Txn txn(String commit) {
    return new Txn(txnPrefix + "/" + commit, txnVersion);
  }

  /** Number of the step's plan: grows by one with every plan, stays when one is done over. */
  public long planNumber() {
    return txnVersion;
  }

  /** A path of the configuration: from the product's folder if relative; URIs stay. */
  public String resolve(String path) {
    return settings.resolve(path);
  }

  /**
   * Notes rows an action handled: {@code read} and {@code rejected} at ingest decide the status of
   * the run, {@code written} goes into the run log.
   */
  public synchronized void count(String what, long rows) {
    rowsBy.merge(what, rows, Long::sum);
  }

  /** Rows noted by {@link #count}. */
  public synchronized Map<String, Long> counts() {
    return Map.copyOf(rowsBy);
  }
}
