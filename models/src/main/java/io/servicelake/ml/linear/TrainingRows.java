package io.servicelake.ml.linear;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Training rows gathered as plain arrays, in an order fixed by their key: bounded samples. */
public final class TrainingRows {
  private final List<Block> blocks;
  private final int width;

  private TrainingRows(List<Block> blocks, int width) {
    this.blocks = blocks;
    this.width = width;
  }

  /**
   * Gathers rows.
   *
   * @param points rows as {@link LogisticTrainer#points} makes them
   * @param width number of features
   */
  public static TrainingRows gather(Dataset<Row> points, int width) {
    return new TrainingRows(
        points
            .toJavaRDD()
            .mapPartitions(rows -> List.of(Block.of(rows, width)).iterator())
            .collect(),
        width);
  }

  /** The same rows with the first features only. */
  public TrainingRows first(int features) {
    return new TrainingRows(blocks, features);
  }

  /** The same rows with some features only, by their places. */
  public TrainingRows only(int... features) {
    return new TrainingRows(
        blocks.stream().map(block -> block.only(features)).toList(), features.length);
  }

  /** The same rows with the outcomes of others, gathered by the same key. */
  public TrainingRows labelledAs(TrainingRows others) {
    if (others.size() != size()) {
      throw new IllegalArgumentException(
          "Cannot label %d training rows by %d. They are of the same rows by the same key. Gather both from one table."
              .formatted(size(), others.size()));
    }
    return new TrainingRows(
        IntStream.range(0, blocks.size())
            .mapToObj(i -> blocks.get(i).labelledAs(others.blocks.get(i)))
            .toList(),
        width);
  }

  /** The rows by partition. */
  public List<Block> blocks() {
    return blocks;
  }

  /** Number of features. */
  public int width() {
    return width;
  }

  /** Number of rows. */
  public int size() {
    return blocks.stream().mapToInt(Block::size).sum();
  }

  /** The values of a feature. */
  public double[] feature(int index) {
    double[] values = new double[size()];
    int at = 0;
    for (Block block : blocks) {
      for (int row = 0; row < block.size(); row++) {
        values[at++] = block.feature(row, index);
      }
    }
    return values;
  }

  /** Outcomes, 1 or 0. */
  public double[] labels() {
    double[] labels = new double[size()];
    int at = 0;
    for (Block block : blocks) {
      for (int row = 0; row < block.size(); row++) {
        labels[at++] = block.label(row);
      }
    }
    return labels;
  }

  /** Folds. */
  public int[] folds() {
    int[] folds = new int[size()];
    int at = 0;
    for (Block block : blocks) {
      for (int row = 0; row < block.size(); row++) {
        folds[at++] = block.fold(row);
      }
    }
    return folds;
  }

  /** Number of each row's customer or vehicle, from 0. */
  public int[] clusters() {
    Map<Long, Integer> numbers = new HashMap<>();
    int[] clusters = new int[size()];
    int at = 0;
    for (Block block : blocks) {
      for (int row = 0; row < block.size(); row++) {
        clusters[at++] = numbers.computeIfAbsent(block.cluster(row), key -> numbers.size());
      }
    }
    return clusters;
  }
}
