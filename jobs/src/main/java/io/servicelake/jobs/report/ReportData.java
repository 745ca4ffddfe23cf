package io.servicelake.jobs.report;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.serving.DealerDays;
import io.servicelake.contract.serving.Freshness;
import io.servicelake.kpi.AllKpis;
import io.servicelake.kpi.Kpi;
import io.servicelake.kpi.VisitKpis;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the page shows: counts and sums per dealer, never a customer, a vehicle or a technician's
 * number. Dealers beyond the {@value DealerTables#DEALERS_MOST} with most throughput are added up
 * under {@value DealerRows#OTHERS}. Values that would tell of fewer than {@value
 * CustomerTables#FEW_CUSTOMERS} customers' spend, and technicians with fewer than {@value
 * WorkshopTables#FEW_JOBS} jobs, are left out. Where sums would not tell the whole for that, tables
 * carry the group itself under {@link DealerRows#GROUP}.
 *
 * @param dataFromOn first day on which something counts; null without data
 * @param years parts of the ratios in the 12 months up to the as-of day and the 12 before
 * @param techniciansFew technicians per dealer who are left out for few jobs
 */
public record ReportData(
    String asOf,
    String dataFromOn,
    String throughput,
    List<KeyFigure> kpis,
    ReportTable dealers,
    ReportTable years,
    ReportTable months,
    ReportTable base,
    ReportTable definitions,
    ReportTable core,
    ReportTable clusters,
    ReportTable tiers,
    ReportTable traits,
    ReportTable states,
    ReportTable flows,
    ReportTable reasons,
    ReportTable campaigns,
    ReportTable fairness,
    ReportTable dues,
    ReportTable components,
    ReportTable weakSpots,
    ReportTable technicians,
    ReportTable techniciansFew,
    ReportTable benchmarks,
    ReportTable complaints,
    ReportTable followUps,
    ReportTable models,
    ReportTable quality,
    ReportTable freshness,
    ReportTable expectations) {

  /**
   * A key figure's card, and the columns it is carried in.
   *
   * @param countsThings true for a ratio of two counts, whose chance error follows from them
   */
  public record KeyFigure(
      String name,
      String kind,
      String en,
      String zh,
      String unit,
      String direction,
      Double target,
      String meaning,
      boolean countsThings,
      List<String> columns) {

    static KeyFigure of(Kpi kpi) {
      Kpi.Card card = kpi.card();
      return new KeyFigure(
          card.name(),
          kpi.getClass().getSimpleName().toLowerCase(Locale.ROOT),
          card.labelEn(),
          card.labelZh(),
          card.unit(),
          card.direction().name(),
          card.target().orElse(null),
          card.meaning(),
          kpi instanceof Kpi.Ratio ratio
              && ratio.numerator().type().equals(Columns.LONG)
              && ratio.denominator().type().equals(Columns.LONG),
          kpi.fields().stream().map(Field::name).toList());
    }
  }

  /**
   * Collects the page's figures.
   *
   * @param tables gives each serving table of the lake
   * @param asOf last day that counts; rows after it are left out
   */
  public static ReportData collect(Function<TableContract, Dataset<Row>> tables, LocalDate asOf) {
    Dataset<Row> days =
        tables.apply(DealerDays.TABLE).where(DealerDays.DAY_ON.col().leq(lit(asOf)));
    ReportTable dealers = DealerTables.dealers(tables, days);
    List<String> shown =
        dealers.rows().stream()
            .map(row -> (String) dealers.value(row, Freshness.DEALER_ID))
            .toList();
    Function<TableContract, Dataset<Row>> lumped =
        table -> DealerRows.lumpOthers(tables.apply(table), shown);
    return new ReportData(
        asOf.toString(),
        (String)
            ReportTable.collect(
                    days.agg(min(DealerDays.DAY_ON.col()).as(DealerDays.DAY_ON.name())),
                    DealerDays.DAY_ON)
                .rows()
                .get(0)
                .get(0),
        VisitKpis.REVENUE_PER_ORDER.card().name(),
        AllKpis.ALL.stream().map(KeyFigure::of).toList(),
        dealers,
        DealerTables.years(DealerRows.lumpOthers(days, shown), asOf),
        DealerTables.months(lumped, asOf),
        DealerTables.base(lumped, asOf),
        DealerTables.definitions(lumped, asOf),
        CustomerTables.core(lumped),
        CustomerTables.clusters(lumped),
        CustomerTables.tiers(lumped),
        CustomerTables.traits(lumped),
        CustomerTables.states(lumped),
        CustomerTables.flows(lumped),
        CustomerTables.reasons(lumped),
        CustomerTables.campaigns(tables),
        CustomerTables.fairness(tables),
        WorkshopTables.dues(lumped, asOf),
        WorkshopTables.components(lumped),
        WorkshopTables.weakSpots(tables, shown),
        WorkshopTables.technicians(lumped),
        WorkshopTables.techniciansFew(lumped),
        DealerTables.benchmarks(tables, shown),
        CareTables.complaints(lumped),
        CareTables.followUps(lumped),
        TrustTables.models(tables),
        TrustTables.quality(tables),
        TrustTables.freshness(tables),
        TrustTables.expectations(tables));
  }
}
