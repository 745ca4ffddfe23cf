package io.servicelake.ml.churn;

import io.servicelake.ml.Json;
import io.servicelake.ml.linear.FeatureColumn;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The model in use before a training.
 *
 * @param id its identifier
 * @param model null if this version cannot read it
 * @param isHeld true if it was put in use by hand: then it stays until beaten or released
 */
public record Incumbent(String id, ChurnModel model, boolean isHeld) {

  /** One that this version can read. */
  public Incumbent(ChurnModel model, boolean isHeld) {
    this(model.modelId(), model, isHeld);
  }

  /** One that this version cannot read, so that it can neither score nor stay. */
  public static Incumbent unreadable(String id) {
    return new Incumbent(id, null, false);
  }

  /**
   * True if features and settings are today's: what is trained now is the same model refitted. What
   * the data alone add or take, the season and repeat visits, does not make another one.
   */
  boolean isRefittedBy(ChurnParameters parameters) {
    ChurnHead group = model.group();
    List<String> today =
        ChurnHead.features(group.basis(), group.kind()).stream().map(FeatureColumn::name).toList();
    return group.basis().attrition() != null
        && group.manifest().features().equals(today)
        && group.manifest().config().equals(Json.flatten(parameters));
  }

  /**
   * True if it can go on scoring where no candidate takes its place: this version has its features,
   * and it answers what the settings ask or is held.
   */
  boolean canStay(ChurnParameters parameters) {
    return model != null
        && model.missingFeatures().isEmpty()
        && (isHeld || otherQuestion(parameters).isEmpty());
  }

  /**
   * Why it cannot be measured on a test snapshot; empty if it can.
   *
   * @param testOn day of the test snapshot, by which its training labels have to end
   */
  Optional<String> incomparable(ChurnParameters parameters, LocalDate testOn) {
    if (model == null) {
      return Optional.of("this version cannot read it");
    }
    List<String> reasons = new ArrayList<>();
    List<String> missing = model.missingFeatures();
    if (!missing.isEmpty()) {
      reasons.add("this version has no feature " + String.join(", ", missing));
    }
    otherQuestion(parameters).ifPresent(reasons::add);
    LocalDate until = model.group().labelsUntilOn();
    if (until.isAfter(testOn)) {
      reasons.add("its training labels end %s, after the test snapshot".formatted(until));
    }
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
  }

  private Optional<String> otherQuestion(ChurnParameters parameters) {
    int days = model.group().basis().horizonDays();
    return days == parameters.horizonDays()
            && model.populationMonths() == parameters.populationMonths()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "it tells of %d days and persons with a visit in %d months",
                days,
                model.populationMonths()));
  }
}
