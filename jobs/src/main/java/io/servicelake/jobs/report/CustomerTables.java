package io.servicelake.jobs.report;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.serving.CampaignResults;
import io.servicelake.contract.serving.CustomerCards;
import io.servicelake.contract.serving.OfferFairness;
import io.servicelake.contract.serving.SegmentFlows;
import io.servicelake.contract.serving.WinbackList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Customers counted and what they spend, never one of them. */
final class CustomerTables {
  static final int FEW_CUSTOMERS = 5;
  private static final List<Field> TRAITS =
      List.of(
          CustomerCards.SPEND_SCORE,
          CustomerCards.VEHICLE_SCORE,
          CustomerCards.PROXIMITY_SCORE,
          CustomerCards.LOYALTY_SCORE,
          CustomerCards.PARTICIPATION_SCORE);

  private static final int CAMPAIGNS_MOST = 13;

  private CustomerTables() {}

  static ReportTable core(Function<TableContract, Dataset<Row>> tables) {
    return few(
        DealerRows.withGroup(tables.apply(CustomerCards.TABLE)),
        List.of(CustomerCards.DEALER_ID, CustomerCards.IS_CORE),
        List.of(),
        CustomerCards.NET_24M_AMOUNT);
  }

  static ReportTable clusters(Function<TableContract, Dataset<Row>> tables) {
    return few(
        DealerRows.withGroup(tables.apply(CustomerCards.TABLE)),
        List.of(
            CustomerCards.DEALER_ID,
            CustomerCards.CLUSTER_LABEL_EN,
            CustomerCards.CLUSTER_LABEL_ZH),
        List.of(ReportFields.CORE_COUNT),
        CustomerCards.NET_24M_AMOUNT);
  }

  static ReportTable tiers(Function<TableContract, Dataset<Row>> tables) {
    return few(
        DealerRows.withGroup(tables.apply(CustomerCards.TABLE)),
        List.of(CustomerCards.DEALER_ID, CustomerCards.VALUE_TIER),
        List.of(ReportFields.CORE_COUNT),
        CustomerCards.NET_24M_AMOUNT,
        CustomerCards.MARGIN_36M_AMOUNT);
  }

  /** Means of the five traits of core and general customers, left out where these are few. */
  static ReportTable traits(Function<TableContract, Dataset<Row>> tables) {
    List<Column> figures = new ArrayList<>();
    figures.add(count(lit(1)).as(ReportFields.CUSTOMERS_COUNT.name()));
    TRAITS.forEach(
        trait ->
            figures.add(
                when(count(lit(1)).geq(lit(FEW_CUSTOMERS)), avg(trait.col())).as(trait.name())));
    return ReportTable.collect(
        Sums.aggregated(
            DealerRows.withGroup(tables.apply(CustomerCards.TABLE))
                .where(CustomerCards.IS_CORE.col().isNotNull())
                .groupBy(CustomerCards.DEALER_ID.col(), CustomerCards.IS_CORE.col()),
            figures),
        Stream.concat(
                Stream.of(
                    CustomerCards.DEALER_ID, CustomerCards.IS_CORE, ReportFields.CUSTOMERS_COUNT),
                TRAITS.stream())
            .toArray(Field[]::new));
  }

  static ReportTable states(Function<TableContract, Dataset<Row>> tables) {
    return ReportTable.collect(
        tables
            .apply(CustomerCards.TABLE)
            .groupBy(
                CustomerCards.DEALER_ID.col(),
                CustomerCards.STATE.col(),
                CustomerCards.DEALER_STATE.col())
            .agg(count(lit(1)).as(ReportFields.CUSTOMERS_COUNT.name())),
        CustomerCards.DEALER_ID,
        CustomerCards.STATE,
        CustomerCards.DEALER_STATE,
        ReportFields.CUSTOMERS_COUNT);
  }

  static ReportTable flows(Function<TableContract, Dataset<Row>> tables) {
    return Sums.collect(
        tables.apply(SegmentFlows.TABLE),
        List.of(
            SegmentFlows.DEALER_ID,
            SegmentFlows.MONTH_ON,
            SegmentFlows.FROM_SEGMENT,
            SegmentFlows.TO_SEGMENT),
        List.of(SegmentFlows.CUSTOMERS_COUNT, SegmentFlows.CORE_COUNT, SegmentFlows.SCORED_COUNT));
  }

  static ReportTable reasons(Function<TableContract, Dataset<Row>> tables) {
    return few(
        DealerRows.withGroup(tables.apply(WinbackList.TABLE)),
        List.of(WinbackList.DEALER_ID, WinbackList.REASON_CODE_1),
        List.of(ReportFields.CORE_COUNT, ReportFields.HELD_COUNT),
        WinbackList.SPEND_AT_RISK_AMOUNT);
  }

  /** The group's latest campaigns, and all that are over together. */
  static ReportTable campaigns(Function<TableContract, Dataset<Row>> tables) {
    return ReportTable.collect(
        tables
            .apply(CampaignResults.TABLE)
            .where(
                CampaignResults.OFFER_CODE
                    .col()
                    .equalTo(CampaignResults.ALL)
                    .and(CampaignResults.REGION.col().equalTo(CampaignResults.ALL)))
            .orderBy(
                CampaignResults.CAMPAIGN_ID.col().equalTo(CampaignResults.ALL).desc(),
                CampaignResults.WINDOW_UNTIL_ON.col().desc(),
                CampaignResults.CAMPAIGN_ID.col())
            .limit(CAMPAIGNS_MOST),
        CampaignResults.CAMPAIGN_ID,
        CampaignResults.WINDOW_UNTIL_ON,
        CampaignResults.OFFER_COUNT,
        CampaignResults.HOLD_OUT_COUNT,
        CampaignResults.SMALLEST_LIFT,
        CampaignResults.VISIT_LIFT,
        CampaignResults.VISIT_LIFT_LOWER,
        CampaignResults.VISIT_LIFT_UPPER,
        CampaignResults.VERDICT);
  }

  /** Groups of the latest campaign held against their like, and which of them are flagged. */
  static ReportTable fairness(Function<TableContract, Dataset<Row>> tables) {
    return ReportTable.collect(
        tables
            .apply(OfferFairness.TABLE)
            .groupBy(OfferFairness.CAMPAIGN_ID.col(), OfferFairness.ATTRIBUTE.col())
            .agg(
                count(lit(1)).as(ReportFields.GROUPS_COUNT.name()),
                flagged(OfferFairness.IS_FLAGGED).as(ReportFields.DISCOUNT_FLAGS.name()),
                flagged(OfferFairness.IS_SHARE_FLAGGED).as(ReportFields.SHARE_FLAGS.name())),
        OfferFairness.CAMPAIGN_ID,
        OfferFairness.ATTRIBUTE,
        ReportFields.GROUPS_COUNT,
        ReportFields.DISCOUNT_FLAGS,
        ReportFields.SHARE_FLAGS);
  }

  private static Column flagged(Field flag) {
    return array_join(
        sort_array(collect_list(when(flag.col(), OfferFairness.GROUP_VALUE.col()))), ", ");
  }

  /** Customers counted and amounts added up, the amounts left out where they are few. */
  private static ReportTable few(
      Dataset<Row> customers, List<Field> by, List<Field> counts, Field... amounts) {
    List<Column> figures = new ArrayList<>();
    figures.add(count(lit(1)).as(ReportFields.CUSTOMERS_COUNT.name()));
    for (Field amount : amounts) {
      figures.add(when(count(lit(1)).geq(lit(FEW_CUSTOMERS)), sum(amount.col())).as(amount.name()));
    }
    if (counts.contains(ReportFields.CORE_COUNT)) {
      figures.add(
          count_if(coalesce(CustomerCards.IS_CORE.col(), lit(false)))
              .as(ReportFields.CORE_COUNT.name()));
    }
    if (counts.contains(ReportFields.HELD_COUNT)) {
      figures.add(count_if(not(WinbackList.MAY_CONTACT.col())).as(ReportFields.HELD_COUNT.name()));
    }
    Dataset<Row> groups =
        Sums.aggregated(
            customers.groupBy(by.stream().map(Field::col).toArray(Column[]::new)), figures);
    return ReportTable.collect(
        groups,
        Stream.of(by, List.of(ReportFields.CUSTOMERS_COUNT), List.of(amounts), counts)
            .flatMap(List::stream)
            .toArray(Field[]::new));
  }
}
