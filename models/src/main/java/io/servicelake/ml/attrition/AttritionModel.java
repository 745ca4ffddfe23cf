package io.servicelake.ml.attrition;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.ml.evaluation.Ranking;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The visit process of persons who may leave without a word, fitted. While a person is a customer,
 * vehicles come for maintenance by the maker's clock, at the person's own punctuality and
 * diligence, and for repairs, accidents and other work by use, age and odometer; at some point,
 * more likely after something went wrong, a large bill or the warranty's end, the person leaves,
 * and few visits are left. Recurrent events with frailty (Cook & Lawless 2007) and a hidden, final
 * change of state (Netzer, Lattin & Srinivasan 2008, "A Hidden Markov Model of Customer
 * Relationship Dynamics").
 *
 * @param rates by part: visits per step of seven days or per round of the clock, and factors
 * @param persons histories it was fitted on
 * @param logLikelihood per person, by the rates before the last step
 * @param iterations of expectation and maximization
 */
public record AttritionModel(
    Map<Part, List<Double>> rates, long persons, double logLikelihood, int iterations)
    implements Serializable {
  /** Probability that no vehicle held comes within the window. */
  public static final Field NO_VISIT = figure("no_visit", "No visit in the window.");

  /** The same, had no bill been large. */
  public static final Field NO_VISIT_UNBILLED =
      figure("no_visit_unbilled", "No visit in the window, had no bill been large.");

  /** The same, had nothing gone wrong either. */
  public static final Field NO_VISIT_CONTENT =
      figure(
          "no_visit_content",
          "No visit in the window, had nothing gone wrong and no bill been large.");

  /** Probability that the person has left. */
  public static final Field HAS_LEFT = figure("has_left", "Left without a word.");

  /** Probability of no visit in the window of who has not left by the day. */
  public static final Field NO_VISIT_STAYING =
      figure("no_visit_staying", "No visit in the window of who has not left.");

  /** Maintenance visits to be expected of who has not left, as long as none comes. */
  public static final Field SERVICES =
      figure(
          "services",
          "Maintenance visits to be expected of who has not left, as long as none comes.");

  private static final StructType OUTLOOK =
      DataTypes.createStructType(
          new StructField[] {
            NO_VISIT.toStructField(),
            NO_VISIT_UNBILLED.toStructField(),
            NO_VISIT_CONTENT.toStructField(),
            HAS_LEFT.toStructField(),
            NO_VISIT_STAYING.toStructField(),
            SERVICES.toStructField()
          });

  public AttritionModel {
    for (Part part : Part.values()) {
      if (!rates.containsKey(part) || rates.get(part).size() != part.size) {
        throw new IllegalArgumentException("it has no %d rates of %s".formatted(part.size, part));
      }
    }
    rates = Map.copyOf(rates);
  }

  /**
   * What the history of a row of feature.customer_snapshots says, as a struct of the figures above.
   *
   * @param days length of the window after the snapshot, counted in whole steps of seven days
   * @param largeBillMinor own pay of a visit day from which it is a large bill, hundredths
   */
  public Column outlook(int days, double largeBillMinor) {
    int ahead = Math.max(1, Math.round((float) days / Timeline.STEP_DAYS));
    return functions
        .udf(new Scorer(Rates.of(rates), largeBillMinor, ahead), OUTLOOK)
        .apply(HistoryColumns.history());
  }

  private record Scorer(Rates rates, double largeBillMinor, int ahead) implements UDF1<Row, Row> {
    @Override
    public Row call(Row history) {
      Outlook outlook = Outlooks.of(HistoryColumns.read(history, largeBillMinor), rates, ahead);
      return RowFactory.create(
          Ranking.round6(outlook.noVisit()),
          Ranking.round6(outlook.noVisitUnbilled()),
          Ranking.round6(outlook.noVisitContent()),
          Ranking.round6(outlook.hasLeft()),
          Ranking.round6(outlook.noVisitStaying()),
          Ranking.round6(outlook.services()));
    }
  }

  private static Field figure(String name, String meaning) {
    return new Field(name, Columns.DOUBLE, false, name, name, meaning);
  }
}
