package io.servicelake.jobs;

import io.servicelake.contract.TableContract;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.jobs.config.ChurnSettings;
import io.servicelake.jobs.config.ModelSettings;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.ml.ModelCardRow;
import io.servicelake.ml.Snapshots;
import io.servicelake.ml.TrainingRun;
import io.servicelake.ml.churn.ChurnInputs;
import io.servicelake.ml.churn.ChurnKind;
import io.servicelake.ml.churn.ChurnTrainer;
import io.servicelake.ml.evaluation.BinaryEvaluation;
import io.servicelake.ml.evaluation.Interval;
import io.servicelake.ml.evaluation.MetricResult;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How the loss model would have done: trained as of earlier month ends on what the lake held by
 * then, measured on the last snapshot whose outcome was known. Identities are those of now: an
 * outcome counts for the person as known today. The champion's choice starts anew at each origin.
 */
public final class ChurnBacktest {
  private static final String LINE = "%-12s %-12s %8s %8s %6s  %-24s %-7s %-11s %s";

  private ChurnBacktest() {}

  /**
   * Prints one line per origin, the earliest first.
   *
   * @param everyMonths months between origins
   */
  public static void print(
      Lakehouse lake, Settings settings, int origins, int everyMonths, PrintWriter out) {
    for (TableContract table :
        List.of(CustomerSnapshots.TABLE, CustomerIdentities.TABLE, ServiceVisits.TABLE)) {
      if (lake.version(table).isEmpty()) {
        throw new CannotException(
            "Cannot backtest: the lake has no table %s. It is made by a run. Start one with: servicelake run"
                .formatted(table.id()));
      }
    }
    Dataset<Row> snapshots = lake.read(CustomerSnapshots.TABLE);
    List<LocalDate> monthEnds =
        Snapshots.days(snapshots, LocalDate.of(9999, 12, 31)).stream()
            .filter(day -> day.equals(YearMonth.from(day).atEndOfMonth()))
            .toList();
    out.println(
        String.format(
            Locale.ROOT,
            LINE,
            "Trained",
            "Measured",
            "Rows",
            "Test",
            "Rule",
            "AUC [95 %]",
            "Brier",
            "Calibration",
            "Verdict, kind"));
    for (LocalDate origin : origins(monthEnds, origins, everyMonths)) {
      TrainingRun run =
          new TrainingRun(
              origin, settings.get(ModelSettings.class).seed(), CodeVersion.get(), Map.of());
      List<ModelCardRow> card =
          ChurnTrainer.measure(
              new ChurnInputs(
                  snapshots.where(CustomerSnapshots.SNAPSHOT_ON.col().leq(Snapshots.date(origin))),
                  lake.read(CustomerIdentities.TABLE),
                  lake.read(ServiceVisits.TABLE)
                      .where(ServiceVisits.VISIT_ON.col().leq(Snapshots.date(origin))),
                  null,
                  null),
              run,
              ScoreSteps.churn(settings.get(ChurnSettings.class)));
      out.println(line(origin, card));
      out.flush();
    }
  }

  private static List<LocalDate> origins(List<LocalDate> monthEnds, int count, int everyMonths) {
    List<LocalDate> origins = new ArrayList<>();
    for (int i = monthEnds.size() - 1; i >= 0 && origins.size() < count; i -= everyMonths) {
      origins.add(0, monthEnds.get(i));
    }
    return origins;
  }

  private static String line(LocalDate origin, List<ModelCardRow> card) {
    ModelCardRow first = card.get(0);
    if (first.result().metric().equals(ModelCardRow.NOT_TRAINED)) {
      return "%-12s %s".formatted(origin, first.split());
    }
    MetricResult auc = result(card, BinaryEvaluation.AUC);
    return String.format(
        Locale.ROOT,
        LINE,
        origin,
        first.span().testFromOn(),
        first.span().trainCount(),
        first.span().testCount(),
        number(auc.naiveValue(), 3),
        "%s [%s, %s]"
            .formatted(number(auc.value(), 3), number(auc.lower(), 3), number(auc.upper(), 3)),
        number(result(card, BinaryEvaluation.BRIER).value(), 4),
        number(result(card, BinaryEvaluation.CALIBRATION_ERROR).value(), 4),
        auc.verdict() + ", " + kind(first.split()));
  }

  private static String kind(String split) {
    return Arrays.stream(ChurnKind.values())
        .map(ChurnKind::name)
        .filter(kind -> split.contains("; " + kind + " kept"))
        .findFirst()
        .orElse("");
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static MetricResult result(List<ModelCardRow> card, String metric) {
    return card.stream()
        .map(ModelCardRow::result)
        .filter(result -> result.metric().equals(metric))
        .findFirst()
        .orElse(MetricResult.reported(metric, Double.NaN, new Interval(Double.NaN, Double.NaN)));
  }
}
