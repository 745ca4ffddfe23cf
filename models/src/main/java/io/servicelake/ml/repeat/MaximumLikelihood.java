package io.servicelake.ml.repeat;

import io.servicelake.ml.Fit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Fits positive parameters by their logarithms and refuses what the data do not tell: a search that
 * does not settle, a parameter out of range, an information that is not positive definite, or a
 * logarithm whose standard error is above 2 (a 95 % interval over a factor of 2,500).
 */
final class MaximumLikelihood {
  private static final double LOWEST = 1e-4;
  private static final double HIGHEST = 1e4;
  private static final double HIGHEST_LOG_ERROR = 2;
  private static final double SETTLED = 1e-5;
  private static final double STEP = 1e-4;

  private MaximumLikelihood() {}

  /**
   * Fits.
   *
   * @param model name of the model, for the reason of a refusal
   * @param scale size of each parameter: the range is 1e-4 to 1e4 times it
   * @param start where the search begins, in units of the scale
   */
  static Fit<Estimate> fit(
      String model,
      Likelihood likelihood,
      FoldedRows rows,
      double[] scale,
      double[] start,
      int maxIterations) {
    double customers = rows.customers();
    Minimizer.Objective objective =
        logs -> {
          double[] parameters = exp(logs);
          double[] sums = rows.sums(likelihood, parameters);
          return new Minimizer.Value(
              -sums[0] / customers, gradient(sums, 0, parameters, customers));
        };
    double[] from = new double[start.length];
    Arrays.setAll(from, i -> Math.log(start[i] * scale[i]));
    Minimizer.Result result = Minimizer.minimize(objective, from, maxIterations);
    double[] parameters = exp(result.at());
    List<String> names = likelihood.names();

    for (int i = 0; i < parameters.length; i++) {
      double size = parameters[i] / scale[i];
      if (!(size >= LOWEST && size <= HIGHEST)) {
        return refused(
            model,
            "parameter %s runs out of its range to %.3g (%.3g to %.3g)",
            names.get(i),
            parameters[i],
            LOWEST * scale[i],
            HIGHEST * scale[i]);
      }
    }
    double gradientNorm = norm(result.gradient());
    if (!Double.isFinite(result.value() + gradientNorm)) {
      return refused(model, "the likelihood is not finite at %s", describe(names, parameters));
    }
    RealMatrix information = information(likelihood, rows, result.at());
    EigenDecomposition parts = new EigenDecomposition(information);
    if (!(Arrays.stream(parts.getRealEigenvalues()).min().orElseThrow() > 0)) {
      return refused(
          model, "the information is not positive definite at %s", describe(names, parameters));
    }
    RealMatrix covariance = parts.getSolver().getInverse();
    for (int i = 0; i < parameters.length; i++) {
      double error = Math.sqrt(covariance.getEntry(i, i));
      if (!(error <= HIGHEST_LOG_ERROR)) {
        return refused(
            model,
            "parameter %s is not told: %.3g, standard error of its logarithm %.3g",
            names.get(i),
            parameters[i],
            error);
      }
    }
    if (!(gradientNorm <= SETTLED)) {
      return refused(
          model,
          "the search does not settle: gradient %.3g after %d steps (%s)",
          gradientNorm,
          result.iterations(),
          result.end());
    }
    return new Fit.Found<>(
        new Estimate(
            names,
            list(parameters),
            Arrays.stream(covariance.getData()).map(MaximumLikelihood::list).toList(),
            -result.value() * customers,
            gradientNorm,
            result.iterations(),
            Math.round(customers)));
  }

  /** Negative second derivatives by the logarithms, from central differences of the gradient. */
  private static RealMatrix information(Likelihood likelihood, FoldedRows rows, double[] logs) {
    int size = logs.length;
    double[][] points = new double[2 * size][];
    for (int i = 0; i < size; i++) {
      double[] above = logs.clone();
      double[] below = logs.clone();
      above[i] += STEP;
      below[i] -= STEP;
      points[2 * i] = exp(above);
      points[2 * i + 1] = exp(below);
    }
    double[] sums = rows.sums(likelihood, points);
    RealMatrix information = new Array2DRowRealMatrix(size, size);
    for (int i = 0; i < size; i++) {
      double[] above = gradient(sums, 2 * i, points[2 * i], 1);
      double[] below = gradient(sums, 2 * i + 1, points[2 * i + 1], 1);
      for (int j = 0; j < size; j++) {
        double half = (above[j] - below[j]) / (4 * STEP);
        information.addToEntry(i, j, half);
        information.addToEntry(j, i, half);
      }
    }
    return information;
  }

  /** Gradient of the negative log-likelihood by the logarithms of the parameters. */
  private static double[] gradient(double[] sums, int point, double[] parameters, double by) {
    double[] gradient = new double[parameters.length];
    Arrays.setAll(
        gradient, i -> -sums[point * (1 + parameters.length) + 1 + i] * parameters[i] / by);
    return gradient;
  }

  private static <M> Fit<M> refused(String model, String why, Object... figures) {
    return new Fit.Refused<>("%s: %s".formatted(model, String.format(Locale.ROOT, why, figures)));
  }

  private static String describe(List<String> names, double[] parameters) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < parameters.length; i++) {
      parts.add(String.format(Locale.ROOT, "%s = %.4g", names.get(i), parameters[i]));
    }
    return String.join(", ", parts);
  }

  private static double[] exp(double[] logs) {
    return Arrays.stream(logs).map(Math::exp).toArray();
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(x -> x * x).sum());
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
