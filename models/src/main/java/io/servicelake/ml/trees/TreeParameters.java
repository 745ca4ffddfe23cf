package io.servicelake.ml.trees;

/**
 * Settings of boosted trees.
 *
 * @param rounds number of trees
 * @param depth levels of a tree
 * @param learningRate what each tree counts
 * @param minChildWeight sum of p(1 - p) a leaf has to hold
 * @param ridge squared penalty on the leaves
 * @param rowShare share of rows each tree sees
 * @param columnShare share of features each tree sees
 */
public record TreeParameters(
    int rounds,
    int depth,
    double learningRate,
    double minChildWeight,
    double ridge,
    double rowShare,
    double columnShare) {

  /** 200 small trees, each of a part of rows and features: chosen on the training window. */
  public static TreeParameters defaults() {
    return new TreeParameters(200, 4, 0.04, 50, 20, 0.5, 0.3);
  }
}
