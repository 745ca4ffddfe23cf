package io.servicelake.ml.segments;

import static io.servicelake.contract.feature.CustomerSnapshots.*;

import io.servicelake.contract.Columns;
import io.servicelake.ml.cluster.ClusterModel;
import io.servicelake.ml.linear.FeatureColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** What behaviour clusters are made of, and how they are named. */
public final class BehaviourClusters {
  private static final String GROUP = "BEHAVIOUR";
  private static final double EDGE = 0.35;

  private BehaviourClusters() {}

  /**
   * A cluster's names.
   *
   * @param en e.g. "frequent, high spend, recent"
   * @param zh e.g. 高频·高消费·近期
   */
  public record Label(String en, String zh) {}

  /**
   * Recency, frequency and spend on a logarithmic scale.
   *
   * @param recencyDays days since the last visit
   * @param frequency visits
   * @param spend in units of the currency; less than nothing counts as nothing
   */
  public static List<FeatureColumn> features(Column recencyDays, Column frequency, Column spend) {
    return List.of(
        new FeatureColumn("recency", GROUP, log(recencyDays)),
        new FeatureColumn("frequency", GROUP, log(frequency)),
        new FeatureColumn("spend", GROUP, log(spend)));
  }

  /** The features of feature.customer_snapshots, at each row's snapshot day. */
  static List<FeatureColumn> features() {
    return features(
        functions.datediff(SNAPSHOT_ON.col(), LAST_VISIT_ON.col()),
        VISITS_24M_COUNT.col(),
        NET_24M_AMOUNT_MINOR.col().divide(100.0));
  }

  /** The same clusters, highest spend first. */
  public static ClusterModel bySpend(ClusterModel clusters) {
    return clusters.orderedBy(
        (a, b) -> {
          for (int i = a.size() - 1; i >= 0; i--) {
            int order = Double.compare(b.get(i), a.get(i));
            if (order != 0) {
              return order;
            }
          }
          return 0;
        });
  }

  /** Names by where each centroid lies against the mean person; equal names are numbered. */
  public static List<Label> labels(ClusterModel clusters) {
    List<Label> labels = new ArrayList<>();
    for (List<Double> centroid : clusters.centroids()) {
      double recency = centroid.get(0);
      double frequency = centroid.get(1);
      double spend = centroid.get(2);
      String en =
          String.join(
              ", ",
              pick(frequency, "rare", "regular", "frequent"),
              pick(spend, "low spend", "medium spend", "high spend"),
              pick(recency, "recent", "a while ago", "long ago"));
      String zh =
          String.join(
              "·",
              pick(frequency, "低频", "中频", "高频"),
              pick(spend, "低消费", "中消费", "高消费"),
              pick(recency, "近期", "中期", "久未到店"));
      long same = labels.stream().filter(label -> label.en().split(" \\(")[0].equals(en)).count();
      labels.add(
          same == 0
              ? new Label(en, zh)
              : new Label("%s (%d)".formatted(en, same + 1), "%s(%d)".formatted(zh, same + 1)));
    }
    return labels;
  }

  private static String pick(double position, String low, String middle, String high) {
    return position < -EDGE ? low : position > EDGE ? high : middle;
  }

  private static Column log(Column value) {
    return functions.log1p(functions.greatest(value.cast(Columns.DOUBLE), functions.lit(0.0)));
  }
}
