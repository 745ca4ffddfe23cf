package io.servicelake.campaign;

import static io.servicelake.contract.decision.WinbackCandidates.*;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.decision.CampaignAssignments;
import io.servicelake.contract.decision.Campaigns;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.ml.Fit;
import io.servicelake.ml.FixedOrder;
import io.servicelake.ml.ModelCardRow;
import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.TimeSplit;
import io.servicelake.ml.TrainingRun;
import io.servicelake.ml.campaign.Arm;
import io.servicelake.ml.campaign.Qini;
import io.servicelake.ml.campaign.UpliftKind;
import io.servicelake.ml.campaign.UpliftSettings;
import io.servicelake.ml.campaign.UpliftSource;
import io.servicelake.ml.campaign.UpliftTrainer;
import io.servicelake.ml.evaluation.Interval;
import io.servicelake.ml.evaluation.MetricResult;
import io.servicelake.ml.linear.FeatureColumn;
import io.servicelake.transform.SqlTransform;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Whether uplift, learned from the campaigns that are over, tells for whom an offer adds most. It
 * is measured, on customers the models have not seen, and not used yet: increments are those of
 * whole offers.
 */
public final class MeasureUplift {
  /** Name of the card. */
  public static final String WINBACK_UPLIFT = "WINBACK_UPLIFT";

  private static final String RULE = "offers in any order";
  private static final int FOLDS = 5;

  /** Rows come to the driver: about so many at most. */
  private static final int MOST_ROWS = 200_000;

  private static final Field HAS_VISITED =
      new Field("has_visited", Columns.BOOL, false, "Came", "是否到店", "Within the window.");
  private static final Field OFFER_PROBABILITY =
      new Field(
          "offer_probability",
          Columns.DOUBLE,
          false,
          "Probability of the offer",
          "发放概率",
          "Among offered and held out.");

  /** What was known of a candidate when arms were drawn. */
  private static final List<FeatureColumn> FEATURES =
      List.of(
          feature("churn", CHURN_180D_PROBABILITY.col()),
          feature("margin", log1p(greatest(MARGIN_AMOUNT_MINOR.col(), lit(0L)).divide(100))),
          feature("is_core", coalesce(IS_CORE.col(), lit(false))),
          feature("by_appointment", BOOKING.col().equalTo("APPOINTMENT")),
          feature("is_price", REASON_CODE_1.col().equalTo("PRICE")),
          feature("is_experience", REASON_CODE_1.col().equalTo("EXPERIENCE")),
          feature("is_overdue", REASON_CODE_1.col().equalTo("OVERDUE")),
          feature("is_habit", REASON_CODE_1.col().equalTo("HABIT")));

  private MeasureUplift() {}

  /**
   * Rows of decision.campaign_cards: the Qini coefficient of both ways of learning, or why there is
   * none.
   *
   * @param candidates decision.winback_candidates: what was known of customers
   * @param assignments decision.campaign_assignments: the arms
   * @param campaigns decision.campaigns
   * @param identities silver.customer_identities
   * @param visits gold.service_visits
   * @param replicates draws of the bootstrap
   */
  public static List<ModelCardRow> card(
      Dataset<Row> candidates,
      Dataset<Row> assignments,
      Dataset<Row> campaigns,
      Dataset<Row> identities,
      Dataset<Row> visits,
      TrainingRun run,
      UpliftSettings settings,
      int replicates) {
    LocalDate until = TimeSplit.trainingDay(run.asOf());
    Dataset<Row> rows =
        SqlTransform.of("decision/campaign_visitors.sql")
            .reading(WinbackCandidates.TABLE, candidates)
            .reading(CampaignAssignments.TABLE, assignments)
            .reading(Campaigns.TABLE, campaigns)
            .reading(CustomerIdentities.TABLE, identities)
            .reading(ServiceVisits.TABLE, visits)
            .with("until", until)
            .rows()
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Row days =
          rows.agg(min(ASSIGNED_ON.col()), max(WINDOW_UNTIL_ON.col()), functions.count(lit(1)))
              .head();
      if (days.getLong(2) == 0) {
        return notTrained(run, "no campaign is over by " + until);
      }
      ModelCardRow.Span span =
          new ModelCardRow.Span(
              days.getDate(0).toLocalDate(),
              days.getDate(1).toLocalDate(),
              null,
              null,
              days.getLong(2),
              0);
      return measured(
          FixedOrder.sample(rows, MOST_ROWS, days.getLong(2), CUSTOMER_ID.col()),
          span,
          run,
          settings,
          replicates);
    } finally {
      rows.unpersist();
    }
  }

  private static List<ModelCardRow> measured(
      Dataset<Row> rows,
      ModelCardRow.Span span,
      TrainingRun run,
      UpliftSettings settings,
      int replicates) {
    // A person of several campaigns stands in one fold: nobody is scored by a model that saw them.
    Column fold = FixedOrder.bucket(FOLDS, CUSTOMER_ID.col());
    UpliftSource source =
        new UpliftSource(
            concat_ws("|", CAMPAIGN_ID.col(), CUSTOMER_ID.col()),
            CUSTOMER_ID.col(),
            ARM.col().equalTo(Arm.OFFER.name()),
            HAS_VISITED.col().cast(Columns.DOUBLE),
            OFFER_PROBABILITY.col());
    List<MetricResult> results = new ArrayList<>();
    for (UpliftKind kind : UpliftKind.values()) {
      Fit<Qini> fit = UpliftTrainer.outOfFold(rows, FEATURES, source, fold, FOLDS, kind, settings);
      if (fit instanceof Fit.Refused<Qini> refused) {
        return notTrained(run, refused.reason());
      }
      MetricResult q = ((Fit.Found<Qini>) fit).model().evaluate(replicates, run.seed());
      Interval interval = new Interval(q.lower(), q.upper());
      results.add(
          MetricResult.against(
              Qini.METRIC + "_" + kind.name().toLowerCase(Locale.ROOT),
              q.value(),
              interval,
              0,
              interval));
    }
    Map<String, Double> metrics = new TreeMap<>();
    results.forEach(result -> metrics.put(result.metric(), result.value()));
    ModelManifest manifest =
        ModelManifest.of(
            WINBACK_UPLIFT,
            run,
            settings,
            FEATURES.stream().map(FeatureColumn::name).toList(),
            "offered and held out of campaigns over by %s, at most about %d by hash of the customer; %d folds by customer"
                .formatted(TimeSplit.trainingDay(run.asOf()), MOST_ROWS, FOLDS),
            metrics,
            metrics);
    return ModelCardRow.of(manifest, span, results, RULE);
  }

  private static List<ModelCardRow> notTrained(TrainingRun run, String reason) {
    return List.of(ModelCardRow.notTrained(WINBACK_UPLIFT, run.asOf(), reason));
  }

  private static FeatureColumn feature(String name, Column value) {
    return new FeatureColumn(name, name, value.cast(Columns.DOUBLE));
  }
}
