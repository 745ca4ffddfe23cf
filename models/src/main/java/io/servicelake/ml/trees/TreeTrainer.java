package io.servicelake.ml.trees;

import io.servicelake.ml.linear.CrossFit;
import io.servicelake.ml.linear.TrainingRows;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Fits boosted trees (Chen & Guestrin 2016) by histograms. Training rows are bounded samples, so
 * they are gathered and fitted by the native library itself: one thread per fit adds gradients up
 * in one order, which gives the same bytes every time, and the fits of the folds run side by side;
 * the distributed estimator would start a tracker and a barrier stage for each of them.
 */
public final class TreeTrainer {
  private static final int ALL = -1;

  private TreeTrainer() {}

  /**
   * Fits without calibration, on all rows and on those outside each fold.
   *
   * @param names names of the features
   * @param folds below 2 no logits of unseen rows are made
   */
  public static CrossFit<TreeModel> crossFit(
      TrainingRows rows, List<String> names, TreeParameters parameters, int folds, long seed) {
    Matrix matrix = Matrix.of(rows);
    int[] foldOfRow = rows.folds();
    double[] logits = new double[folds < 2 ? 0 : rows.size()];
    byte[][] boosters = new byte[1][];
    IntStream.range(ALL, folds < 2 ? 0 : folds)
        .parallel()
        .forEach(
            fold -> {
              byte[] booster = fit(matrix, foldOfRow, fold, parameters, seed);
              if (fold == ALL) {
                boosters[0] = booster;
              } else {
                predict(booster, matrix, foldOfRow, fold, logits);
              }
            });
    return new CrossFit<>(
        new TreeModel(names, Base64.getEncoder().encodeToString(boosters[0]), 1, 0), logits);
  }

  private record Matrix(float[] values, float[] labels, int width) {
    static Matrix of(TrainingRows rows) {
      int width = rows.width();
      float[] values = new float[rows.size() * width];
      float[] labels = new float[rows.size()];
      int at = 0;
      for (var block : rows.blocks()) {
        for (int row = 0; row < block.size(); row++, at++) {
          for (int i = 0; i < width; i++) {
            values[at * width + i] = (float) block.feature(row, i);
          }
          labels[at] = (float) block.label(row);
        }
      }
      return new Matrix(values, labels, width);
    }

    DMatrix rows(int[] wanted) throws XGBoostError {
      float[] picked = new float[wanted.length * width];
      float[] outcomes = new float[wanted.length];
      for (int i = 0; i < wanted.length; i++) {
        System.arraycopy(values, wanted[i] * width, picked, i * width, width);
        outcomes[i] = labels[wanted[i]];
      }
      DMatrix matrix = new DMatrix(picked, wanted.length, width, Float.NaN);
      matrix.setLabel(outcomes);
      return matrix;
    }
  }

  private static byte[] fit(
      Matrix matrix, int[] foldOfRow, int leftOut, TreeParameters parameters, long seed) {
    int[] wanted = indices(foldOfRow, leftOut, false);
    return TreeModel.natively(
        "fit boosted trees on %d rows".formatted(wanted.length),
        () -> {
          DMatrix rows = matrix.rows(wanted);
          try {
            Booster booster =
                XGBoost.train(
                    rows, settings(parameters, seed), parameters.rounds(), Map.of(), null, null);
            byte[] bytes = booster.toByteArray("ubj");
            booster.dispose();
            return bytes;
          } finally {
            rows.dispose();
          }
        });
  }

  private static void predict(
      byte[] bytes, Matrix matrix, int[] foldOfRow, int fold, double[] logits) {
    int[] wanted = indices(foldOfRow, fold, true);
    if (wanted.length == 0) {
      return;
    }
    float[][] margins =
        TreeModel.natively(
            "score %d rows by boosted trees".formatted(wanted.length),
            () -> {
              DMatrix rows = matrix.rows(wanted);
              Booster booster = XGBoost.loadModel(bytes);
              try {
                return booster.predict(rows, true);
              } finally {
                rows.dispose();
                booster.dispose();
              }
            });
    for (int i = 0; i < wanted.length; i++) {
      logits[wanted[i]] = margins[i][0];
    }
  }

  private static int[] indices(int[] foldOfRow, int fold, boolean isIn) {
    return IntStream.range(0, foldOfRow.length)
        .filter(row -> (foldOfRow[row] == fold) == isIn)
        .toArray();
  }

  private static Map<String, Object> settings(TreeParameters parameters, long seed) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("objective", "binary:logistic");
    settings.put("tree_method", "hist");
    settings.put("max_depth", parameters.depth());
    settings.put("eta", parameters.learningRate());
    settings.put("min_child_weight", parameters.minChildWeight());
    settings.put("lambda", parameters.ridge());
    settings.put("subsample", parameters.rowShare());
    settings.put("colsample_bytree", parameters.columnShare());
    settings.put("seed", seed);
    settings.put("nthread", 1);
    settings.put("verbosity", 0);
    return settings;
  }
}
