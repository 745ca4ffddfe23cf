package io.servicelake.jobs;

import io.servicelake.contract.TableContract;
import io.servicelake.jobs.ingest.IngestSteps;
import io.servicelake.jobs.io.LakeFiles;
import io.servicelake.jobs.io.Lakehouse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a run computes beyond what is new: earlier days, or some steps in full. */
public final class Backfill {
  private static final int DAYS_MOST = 400;

  /** A day to compute, and the steps that are run for it. */
  public record Day(AsOf asOf, List<Step> steps) {}

  private final Optional<LocalDate> from;
  private final Set<String> only;
  private final List<Step> steps;
  private final LakeFiles files;

  /**
   * @param from first day to compute; empty for the as-of day alone
   * @param only names of steps; empty for all
   * @throws IllegalArgumentException naming every unknown step
   */
  public Backfill(Optional<LocalDate> from, List<String> only, List<Step> all, LakeFiles files) {
    this.from = from;
    this.only = new LinkedHashSet<>(only);
    this.files = files;
    List<String> names = all.stream().map(Step::name).toList();
    String unknown =
        only.stream().filter(name -> !names.contains(name)).collect(Collectors.joining(", "));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot run only %s: there is no such step. Steps are %s. Correct --only."
              .formatted(unknown, String.join(", ", names)));
    }
    this.steps =
        all.stream()
            .filter(step -> only.isEmpty() || only.contains(step.name()))
            .map(step -> only.isEmpty() ? step : step.afterOnly(this.only))
            .toList();
  }

  /**
   * Makes the chosen steps forget their last run, so that they compute in full; one that a crash
   * left unfinished is first done over as it was planned.
   */
  public void prepare() {
    for (String name : only) {
      forget(name, files);
    }
  }

  /** Makes a step compute in full on its next run. */
  public static void forget(String step, LakeFiles files) {
    Progress.load(files, step).forgotten().save(files);
    Optional<TableContract> fed =
        IngestSteps.TABLES.stream().filter(table -> table.id().equals(step)).findFirst();
    fed.ifPresent(table -> IngestSteps.makeAnew(table, files));
  }

  /**
   * The days to compute, in order; on all but the last without the steps that are for that alone.
   *
   * @throws CannotException if the first lies after the last, or they are more than a year's
   */
  public List<Day> days(AsOf newest, Lakehouse lake) {
    if (from.isEmpty()) {
      return List.of(new Day(newest, steps));
    }
    LocalDate last = newest.day().apply(lake);
    long count = last.toEpochDay() - from.get().toEpochDay() + 1;
    if (count < 1 || count > DAYS_MOST) {
      throw new CannotException(
          "Cannot compute from %s: the last day is %s, that is %d days. One to %d are computed at a time, each like a run of its own. Give another --from or --as-of."
              .formatted(from.get(), last, count, DAYS_MOST));
    }
    List<Step> ofEarlierDays = steps.stream().filter(step -> !step.isOnLastDayOnly()).toList();
    List<Day> days = new ArrayList<>();
    for (LocalDate day = from.get(); !day.isAfter(last); day = day.plusDays(1)) {
      days.add(new Day(AsOf.on(day), day.equals(last) ? steps : ofEarlierDays));
    }
    return days;
  }
}
