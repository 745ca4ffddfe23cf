package io.servicelake.jobs;

import io.servicelake.jobs.io.ModelStore;
import io.servicelake.ml.churn.ChurnModel;
import io.servicelake.ml.churn.ChurnTrainer;
import io.servicelake.ml.churn.Incumbent;
import java.time.LocalDate;

/** The churn model that a training is held against. */
final class ChurnInUse {
  private ChurnInUse() {}

  /**
   * The model that was in use before a training day: a day that is trained again is held against
   * what was in use before it, not against itself, so its outcome does not depend on how often it
   * was. One that is held counts whatever its day. Null if there was none.
   */
  static Incumbent before(ModelStore store, LocalDate trainingDay) {
    String id = store.idInUse(ChurnTrainer.CHURN_180D).orElse(null);
    try {
      while (id != null) {
        ChurnModel model = (ChurnModel) store.model(id).orElse(null);
        boolean isHeld = store.heldId(ChurnTrainer.CHURN_180D).filter(id::equals).isPresent();
        if (model == null || isHeld || model.manifest().asOf().isBefore(trainingDay)) {
          return model == null ? null : new Incumbent(model, isHeld);
        }
        id = model.heldAgainst();
      }
      return null;
    } catch (IllegalArgumentException ofAnotherVersion) {
      return Incumbent.unreadable(id);
    }
  }
}
