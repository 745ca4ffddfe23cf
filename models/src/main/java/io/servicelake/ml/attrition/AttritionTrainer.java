package io.servicelake.ml.attrition;

import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.ml.FixedOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Fits the visit process by expectation and maximization on the histories of one day. Partitions
 * and their order follow from the content: two fits on the same rows give the same bits.
 */
public final class AttritionTrainer {
  private AttritionTrainer() {}

  /**
   * Fits.
   *
   * @param snapshots rows of feature.customer_snapshots, one per person
   * @param largeBillMinor own pay of a visit day from which it is a large bill, hundredths
   * @param settings how long and on how many
   */
  public static AttritionModel fit(
      Dataset<Row> snapshots, double largeBillMinor, AttritionSettings settings) {
    Dataset<Row> sampled =
        FixedOrder.sample(
            snapshots,
            settings.maxPersons(),
            snapshots.count(),
            CustomerSnapshots.CUSTOMER_ID.col());
    JavaRDD<List<PersonHistory>> histories =
        sampled
            .select(
                CustomerSnapshots.CUSTOMER_ID.col(),
                HistoryColumns.history().as(HistoryColumns.HISTORY.name()))
            .repartition(settings.partitions(), CustomerSnapshots.CUSTOMER_ID.col())
            .sortWithinPartitions(CustomerSnapshots.CUSTOMER_ID.col())
            .toJavaRDD()
            .mapPartitions(rows -> read(rows, largeBillMinor))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return search(histories, settings);
    } finally {
      histories.unpersist();
    }
  }

  private static Iterator<List<PersonHistory>> read(Iterator<Row> rows, double largeBillMinor) {
    List<PersonHistory> histories = new ArrayList<>();
    while (rows.hasNext()) {
      histories.add(HistoryColumns.read(rows.next().getStruct(1), largeBillMinor));
    }
    return List.of(histories).iterator();
  }

  private static AttritionModel search(
      JavaRDD<List<PersonHistory>> histories, AttritionSettings settings) {
    Rates rates = Rates.start();
    double before = Double.NEGATIVE_INFINITY;
    Sums sums = new Sums();
    int iterations = 0;
    while (iterations < settings.maxIterations()) {
      sums = expect(histories, rates);
      rates = Maximization.step(rates, sums);
      iterations++;
      double gain = (sums.logLikelihood() - before) / Math.max(1, sums.persons());
      if (Math.abs(gain) < settings.leastGain()) {
        break;
      }
      before = sums.logLikelihood();
    }
    return new AttritionModel(
        rates.toMap(),
        Math.round(sums.persons()),
        Math.rint(sums.logLikelihood() / Math.max(1, sums.persons()) * 1e6) / 1e6,
        iterations);
  }

  private static Sums expect(JavaRDD<List<PersonHistory>> histories, Rates rates) {
    return Sums.of(
        FixedOrder.add(
            histories
                .map(
                    persons -> {
                      Sums sums = new Sums();
                      persons.forEach(person -> HiddenLeaving.expect(person, rates, sums));
                      return sums.toArray();
                    })
                .collect(),
            Sums.length()));
  }
}
