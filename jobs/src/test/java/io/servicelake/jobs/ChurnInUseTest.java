package io.servicelake.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.jobs.io.LakeFiles;
import io.servicelake.jobs.io.LocalDisk;
import io.servicelake.jobs.io.ModelStore;
import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.TrainingRun;
import io.servicelake.ml.churn.ChurnBasis;
import io.servicelake.ml.churn.ChurnHead;
import io.servicelake.ml.churn.ChurnKind;
import io.servicelake.ml.churn.ChurnModel;
import io.servicelake.ml.churn.ChurnTrainer;
import io.servicelake.ml.churn.Incumbent;
import io.servicelake.ml.linear.LogisticModel;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChurnInUseTest {
  private static final LocalDate MAY = LocalDate.of(2025, 5, 31);
  private static final LocalDate JUNE = LocalDate.of(2025, 6, 30);
  private static final ChurnModel OF_MAY = model(MAY, 1, null);
  private static final ChurnModel OF_JUNE = model(JUNE, 2, OF_MAY);

  @TempDir Path folder;
  private LakeFiles files;
  private ModelStore store;

  @BeforeEach
  void open() {
    files = new LakeFiles(folder.toString(), LocalDisk.configuration());
    store = new ModelStore(files);
  }

  @Test
  void theFirstModelIsHeldAgainstNone() {
    assertThat(before(MAY)).isNull();
  }

  @Test
  void aMonthIsHeldAgainstTheModelInUse() {
    put(OF_MAY);
    assertThat(before(JUNE)).isEqualTo(new Incumbent(OF_MAY, false));
  }

  @Test
  void aMonthTrainedAgainIsHeldAgainstWhatWasInUseBeforeIt() {
    put(OF_MAY);
    put(OF_JUNE);
    assertThat(before(JUNE)).isEqualTo(new Incumbent(OF_MAY, false));
    put(model(JUNE, 3, OF_JUNE));
    assertThat(before(JUNE)).isEqualTo(new Incumbent(OF_MAY, false));
    assertThat(before(MAY)).isNull();
  }

  @Test
  void aModelRolledBackToStaysTheOneToBeatWhateverItsDay() {
    put(OF_MAY);
    put(OF_JUNE);
    store.rollBack(ChurnTrainer.CHURN_180D, OF_MAY.modelId());
    assertThat(before(JUNE)).isEqualTo(new Incumbent(OF_MAY, true));
    store.rollBack(ChurnTrainer.CHURN_180D, OF_JUNE.modelId());
    assertThat(before(JUNE)).isEqualTo(new Incumbent(OF_JUNE, true));
    store.release(ChurnTrainer.CHURN_180D);
    assertThat(before(JUNE)).isEqualTo(new Incumbent(OF_MAY, false));
  }

  @Test
  void aMonthInWhichAHeldModelWasBeatenIsHeldAgainstItAgain() {
    put(OF_MAY);
    store.rollBack(ChurnTrainer.CHURN_180D, OF_MAY.modelId());
    put(OF_JUNE);
    assertThat(before(JUNE)).isEqualTo(new Incumbent(OF_MAY, true));
    assertThat(before(JUNE.plusMonths(1))).isEqualTo(new Incumbent(OF_JUNE, false));
  }

  @Test
  void aModelThatThisVersionCannotReadIsToldByItsIdentifierAlone() {
    put(OF_MAY);
    files.write("_models/" + OF_MAY.modelId() + ".json", "{\"manifest\":{\"modelName\":\"OLD\"}}");
    assertThat(before(JUNE)).isEqualTo(Incumbent.unreadable(OF_MAY.modelId()));
  }

  private Incumbent before(LocalDate day) {
    return ChurnInUse.before(store, day);
  }

  private void put(ChurnModel model) {
    store.put(ChurnTrainer.CHURN_180D, model);
  }

  private static ChurnModel model(LocalDate day, double intercept, ChurnModel before) {
    LogisticModel logistic = new LogisticModel(intercept, List.of(), 1, 0);
    ModelManifest manifest =
        ModelManifest.of(
            ChurnTrainer.CHURN_180D,
            new TrainingRun(day, 1, "test", Map.of()),
            Map.of(),
            List.of(),
            "",
            Map.of(),
            logistic);
    return new ChurnModel(
        24,
        new ChurnHead(
            manifest,
            new ChurnBasis(180, 200, false, null, null, 1),
            day.minusDays(180),
            ChurnKind.LOGISTIC,
            logistic,
            null),
        null,
        null,
        before == null ? null : before.modelId());
  }
}
