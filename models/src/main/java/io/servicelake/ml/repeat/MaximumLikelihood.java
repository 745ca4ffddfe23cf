package io.servicelake.ml.repeat;

import io.servicelake.ml.Fit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

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
  private static final double LEAST_SHARE = 0.1;

  private MaximumLikelihood() {}

  /**
   * Where a search ended.
   *
   * @param logLikelihood there, over all customers; minus infinity if it is not finite
   * @param untold parameters the data do not tell; empty where it was refused for something else
   */
  record Ended(Fit<Estimate> fit, double logLikelihood, Set<String> untold) {
    Ended {
      logLikelihood = Double.isFinite(logLikelihood) ? logLikelihood : Double.NEGATIVE_INFINITY;
      untold = Set.copyOf(untold);
    }
  }

  /**
   * Fits.
   *
   * @param model name of the model, for the reason of a refusal
   * @param scale size of each parameter: the range is 1e-4 to 1e4 times it
   * @param start where the search begins, in units of the scale
   */
  static Ended fit(
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
    double logLikelihood = -result.value() * customers;
    List<String> names = likelihood.names();
    Refusal refusal = new Refusal(model, logLikelihood);

    Set<String> outside =
        which(
            names,
            i -> !(LOWEST <= parameters[i] / scale[i] && parameters[i] / scale[i] <= HIGHEST));
    if (!outside.isEmpty()) {
      int first = names.indexOf(outside.iterator().next());
      return refusal.of(
          outside,
          "parameter %s runs out of its range to %.3g (%.3g to %.3g)",
          names.get(first),
          parameters[first],
          LOWEST * scale[first],
          HIGHEST * scale[first]);
    }
    double gradientNorm = norm(result.gradient());
    if (!Double.isFinite(result.value() + gradientNorm)) {
      return refusal.of(
          Set.of(), "the likelihood is not finite at %s", describe(names, parameters));
    }
    EigenDecomposition parts = new EigenDecomposition(information(likelihood, rows, result.at()));
    double[] curvatures = parts.getRealEigenvalues();
    int flattest = 0;
    for (int i = 1; i < curvatures.length; i++) {
      flattest = curvatures[i] < curvatures[flattest] ? i : flattest;
    }
    if (!(curvatures[flattest] > 0)) {
      RealVector flat = parts.getEigenvector(flattest).unitVector();
      return refusal.of(
          which(names, i -> flat.getEntry(i) * flat.getEntry(i) >= LEAST_SHARE),
          "the information is not positive definite at %s",
          describe(names, parameters));
    }
    RealMatrix covariance = parts.getSolver().getInverse();
    IntToDoubleFunction error = i -> Math.sqrt(covariance.getEntry(i, i));
    Set<String> vague = which(names, i -> !(error.applyAsDouble(i) <= HIGHEST_LOG_ERROR));
    if (!vague.isEmpty()) {
      int first = names.indexOf(vague.iterator().next());
      return refusal.of(
          vague,
          "parameter %s is not told: %.3g, standard error of its logarithm %.3g",
          names.get(first),
          parameters[first],
          error.applyAsDouble(first));
    }
    if (!(gradientNorm <= SETTLED)) {
      return refusal.of(
          Set.of(),
          "the search does not settle: gradient %.3g after %d steps (%s)",
          gradientNorm,
          result.iterations(),
          result.end());
    }
    return new Ended(
        new Fit.Found<>(
            new Estimate(
                names,
                list(parameters),
                Arrays.stream(covariance.getData()).map(MaximumLikelihood::list).toList(),
                logLikelihood,
                gradientNorm,
                result.iterations(),
                Math.round(customers))),
        logLikelihood,
        Set.of());
  }

  /** What a refusal has to tell besides its reason. */
  private record Refusal(String model, double logLikelihood) {
    Ended of(Set<String> untold, String why, Object... figures) {
      String reason = "%s: %s".formatted(model, String.format(Locale.ROOT, why, figures));
      return new Ended(new Fit.Refused<>(reason), logLikelihood, untold);
    }
  }

  private static Set<String> which(List<String> names, IntPredicate predicate) {
    return IntStream.range(0, names.size())
        .filter(predicate)
        .mapToObj(names::get)
        .collect(Collectors.toCollection(LinkedHashSet::new));
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
