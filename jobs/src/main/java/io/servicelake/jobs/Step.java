package io.servicelake.jobs;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One step of the flow: declared inputs, an output, a body. Either {@link #to} a table by a pure
 * body, or an {@link #action} with several commits of its own.
 *
 * <pre>
 * Step.to(VehicleUsage.TABLE).from(VisitVersions.TABLE)
 *     .touching(VehicleUsage.VEHICLE_ID)
 *     .by((in, run) -&gt; MeasureUsage.compute(in.get(VisitVersions.TABLE)));
 * </pre>
 */
public final class Step {
  /** Computes the output's rows from the inputs. */
  @FunctionalInterface
  public interface Body {
    Dataset<Row> compute(Inputs in, RunContext run);
  }

  /** Finds the touched keys of the output from an input's changed rows. */
  @FunctionalInterface
  public interface TouchedKeys {
    /**
     * @param changed rows of the input that were added, removed or changed (before and after)
     * @return the touch columns of the output, under their names
     */
    Dataset<Row> of(Dataset<Row> changed, Inputs in);
  }

  /** How the computed rows get into the output. */
  enum Mode {
    REPLACE,
    MERGE,
    INSERT_NEW,
    ACTION
  }

  /** How an input leads to touched keys: by columns of its own, or by a function. */
  record Touch(List<Field> columns, TouchedKeys keys) {}

  private final String name;
  private final TableContract output;
  private final List<TableContract> inputs = new ArrayList<>();
  private final Set<TableContract> writes = new LinkedHashSet<>();
  private final Set<String> after = new LinkedHashSet<>();
  private final Set<String> sections = new LinkedHashSet<>();
  private final Map<String, Function<RunContext, String>> fingerprints = new LinkedHashMap<>();
  private final Map<String, Touch> touches = new LinkedHashMap<>();
  private Mode mode = Mode.REPLACE;
  private List<Field> mergeKeys = List.of();
  private List<Field> touchColumns = List.of();
  private boolean isByAsOf;
  private boolean isAlways;
  private boolean isOnLastDayOnly;
  private Body body;
  private Action action;

  private Step(String name, TableContract output) {
    this.name = name;
    this.output = output;
    if (output != null) {
      writes.add(output);
    }
  }

  /** A step that makes a table; named after it. */
  public static Step to(TableContract output) {
    return new Step(output.id(), output);
  }

  /** A step that makes some rows of a table which other steps write too. */
  public static Step to(TableContract output, String name) {
    return new Step(name, output);
  }

  /** A step with commits of its own. */
  public static Step action(String name) {
    Step step = new Step(name, null);
    step.mode = Mode.ACTION;
    return step;
  }

  /** Tables it reads; reading any other fails. */
  public Step from(TableContract... tables) {
    inputs.addAll(List.of(tables));
    return this;
  }

  /** Tables an action writes. */
  public Step writes(TableContract... tables) {
    writes.addAll(List.of(tables));
    return this;
  }

  /** Runs after a step whose result is no table. */
  public Step after(String... steps) {
    after.addAll(List.of(steps));
    return this;
  }

  /** Waits no longer for steps but these: for a run of some steps alone. */
  Step afterOnly(Set<String> steps) {
    after.retainAll(steps);
    return this;
  }

  /** The computed rows are the whole table (the default). */
  public Step replace() {
    mode = Mode.REPLACE;
    return this;
  }

  /**
   * The computed rows are all rows of the keys they hold: rows of these keys that are no longer
   * computed are removed, other keys stay. For tables of which a step makes a part. Where the key
   * is a day, all rows of the as-of day are computed, be they none.
   *
   * @param touchKeys columns of the output, such as the model's name
   */
  public Step merge(Field... touchKeys) {
    mode = Mode.MERGE;
    mergeKeys = List.of(touchKeys);
    return this;
  }

  /** Only rows of keys that the table does not hold are added: snapshots, decisions. */
  public Step insertNew() {
    mode = Mode.INSERT_NEW;
    return this;
  }

  /**
   * The body can be run on some keys alone: on later runs only the keys that changed inputs touch
   * are computed and merged. An input that holds these columns is restricted to touched keys; how
   * any other leads to keys is said by {@link #touchedBy}, or a change of it computes the whole.
   *
   * @param columns columns of the output
   */
  public Step touching(Field... columns) {
    touchColumns = List.of(columns);
    return this;
  }

  /**
   * An input's columns that hold the touch key, in the order of {@link #touching}, where their
   * names differ.
   */
  public Step touchedBy(TableContract input, Field... columns) {
    touches.put(input.id(), new Touch(List.of(columns), null));
    return this;
  }

  /**
   * How changes of an input lead to touched keys, where it does not hold the touch key or reaches
   * beyond its own. If it holds it, the body gets the touched rows, else all.
   */
  public Step touchedBy(TableContract input, TouchedKeys keys) {
    touches.put(input.id(), new Touch(List.of(), keys));
    return this;
  }

  /** Run again when the as-of day changes. */
  public Step dependsOnAsOf() {
    isByAsOf = true;
    return this;
  }

  /** Run again when a section of the configuration changes. */
  public Step dependsOnConfig(String... paths) {
    sections.addAll(List.of(paths));
    return this;
  }

  /** Run again when something that is no table changes: a model, a file. */
  public Step alsoReads(String what, Function<RunContext, String> fingerprint) {
    fingerprints.put(what, fingerprint);
    return this;
  }

  /** Not run on the earlier days of a backfill: nobody acted on what it would have decided. */
  public Step onLastDayOnly() {
    isOnLastDayOnly = true;
    return this;
  }

  /** Run in every run: finds out itself whether there is something to do. */
  public Step always() {
    isAlways = true;
    return this;
  }

  /** Closes the step with its pure body. */
  public Step by(Body pureBody) {
    body = pureBody;
    return checked();
  }

  /** Closes the step with its action. */
  public Step by(Action work) {
    action = work;
    return checked();
  }

  private Step checked() {
    if ((mode == Mode.ACTION) != (action != null)) {
      throw new IllegalArgumentException(
          "Cannot define step %s: %s. A step to a table has a body, an action has none. Use Step.%s."
              .formatted(
                  name,
                  action != null ? "it makes a table by an action" : "an action got a body",
                  action != null ? "action(name)" : "to(table)"));
    }
    for (TableContract table : writes) {
      for (TableContract input : inputs) {
        if (table.layer() != Layer.OPS
            && input.layer() != Layer.OPS
            && table.layer().ordinal() < input.layer().ordinal()) {
          throw new IllegalArgumentException(
              "Cannot define step %s: it writes %s and reads %s. Data flows from %s to %s, never back. Read an earlier table, or move the output to a later layer."
                  .formatted(name, table.id(), input.id(), table.layer().id(), input.layer().id()));
        }
      }
    }
    for (Field column : touchColumns) {
      if (output == null || output.field(column.name()).isEmpty()) {
        throw new IllegalArgumentException(
            "Cannot define step %s: it touches %s, which its output does not hold. Keys are merged by columns of the output. Name one of them."
                .formatted(name, column.name()));
      }
    }
    return this;
  }

  /** Name in progress, logs and messages. */
  public String name() {
    return name;
  }

  /** The table it makes; empty for an action. */
  public Optional<TableContract> output() {
    return Optional.ofNullable(output);
  }

  /** Tables it reads. */
  public List<TableContract> inputs() {
    return List.copyOf(inputs);
  }

  /** Tables it writes. */
  public Set<TableContract> outputs() {
    return Set.copyOf(writes);
  }

  Set<String> afterSteps() {
    return after;
  }

  Set<String> sections() {
    return sections;
  }

  Map<String, Function<RunContext, String>> fingerprints() {
    return fingerprints;
  }

  Mode mode() {
    return mode;
  }

  /** True if the rows merged are those of days. */
  boolean mergesDays() {
    return mergeKeys.size() == 1 && mergeKeys.get(0).type().equals(Columns.DATE);
  }

  List<Field> mergeKeys() {
    return mergeKeys;
  }

  List<Field> touchColumns() {
    return touchColumns;
  }

  /** The columns of an input that hold the touch key; empty if it has none. */
  Optional<List<Field>> touchColumnsOf(TableContract input) {
    Touch touch = touches.get(input.id());
    if (touch != null && !touch.columns().isEmpty()) {
      return Optional.of(touch.columns());
    }
    List<Field> sameNames =
        touchColumns.stream().flatMap(column -> input.field(column.name()).stream()).toList();
    return !touchColumns.isEmpty() && sameNames.size() == touchColumns.size()
        ? Optional.of(sameNames)
        : Optional.empty();
  }

  Optional<TouchedKeys> touchedKeysOf(TableContract input) {
    return Optional.ofNullable(touches.get(input.id())).map(Touch::keys);
  }

  boolean isByAsOf() {
    return isByAsOf;
  }

  boolean isAlways() {
    return isAlways;
  }

  boolean isOnLastDayOnly() {
    return isOnLastDayOnly;
  }

  Body body() {
    return body;
  }

  Action action() {
    return action;
  }
}
