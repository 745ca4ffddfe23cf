package io.servicelake.ml.trees;

import io.servicelake.ml.linear.FeatureColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;

/**
 * Fitted boosted trees with their calibration: logit = offset + slope * margin. Contributions are
 * TreeSHAP's (Lundberg et al. 2020): with the mean margin they add up to the margin.
 *
 * @param names features in the order of the rows
 * @param booster the trees in the library's own binary form, base64
 */
public record TreeModel(
    List<String> names, String booster, double calibrationSlope, double calibrationOffset)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public TreeModel {
    names = List.copyOf(names);
  }

  /**
   * What the trees say of one row.
   *
   * @param logit calibrated
   * @param contributions of each feature to the calibrated logit, then the reference they start
   *     from; null where they were not asked for
   */
  public record Outcome(double logit, double[] contributions) {}

  /** The same trees with another calibration. */
  public TreeModel calibrated(double slope, double offset) {
    return new TreeModel(names, booster, slope, offset);
  }

  /** The columns the trees were fitted on, in their order, by name among those of this version. */
  public List<FeatureColumn> columns(List<FeatureColumn> features) {
    return names.stream()
        .map(
            name ->
                features.stream()
                    .filter(feature -> feature.name().equals(name))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "Cannot score: the trees have feature %s, the code has none of that name. The model is of another version. Train it again."
                                    .formatted(name))))
        .toList();
  }

  /** The trees, loaded once for many batches of rows. */
  public Scorer scorer() {
    Booster trees =
        natively(
            "load boosted trees",
            () -> {
              Booster loaded = XGBoost.loadModel(Base64.getDecoder().decode(booster));
              loaded.setParam("nthread", 1);
              return loaded;
            });
    return (rows, withContributions) -> score(trees, rows, withContributions);
  }

  /** Scores rows of features, in their order. */
  @FunctionalInterface
  public interface Scorer {
    List<Outcome> score(List<double[]> rows, boolean withContributions);
  }

  private List<Outcome> score(Booster trees, List<double[]> rows, boolean withContributions) {
    int width = names.size();
    float[] values = new float[rows.size() * width];
    for (int row = 0; row < rows.size(); row++) {
      for (int i = 0; i < width; i++) {
        values[row * width + i] = (float) rows.get(row)[i];
      }
    }
    return natively(
        "score %d rows by boosted trees".formatted(rows.size()),
        () -> {
          DMatrix matrix = new DMatrix(values, rows.size(), width, Float.NaN);
          try {
            float[][] margins = trees.predict(matrix, true);
            float[][] parts = withContributions ? trees.predictContrib(matrix, 0) : null;
            List<Outcome> outcomes = new ArrayList<>();
            for (int row = 0; row < rows.size(); row++) {
              outcomes.add(
                  new Outcome(
                      calibrationOffset + calibrationSlope * margins[row][0],
                      parts == null ? null : scaled(parts[row])));
            }
            return outcomes;
          } finally {
            matrix.dispose();
          }
        });
  }

  private double[] scaled(float[] parts) {
    double[] scaled = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      scaled[i] = calibrationSlope * parts[i];
    }
    scaled[parts.length - 1] += calibrationOffset;
    return scaled;
  }

  /** Calls the native library; its errors tell what was tried. */
  static <T> T natively(String what, Callable<T> call) {
    try {
      return call.call();
    } catch (Exception e) {
      throw new IllegalStateException(
          "Cannot %s: %s. The native library refused it. Train the model again on a machine it supports (Linux or macOS, x86-64 or ARM)."
              .formatted(what, e.getMessage()),
          e);
    }
  }
}
