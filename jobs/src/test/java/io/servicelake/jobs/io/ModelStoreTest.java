package io.servicelake.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.jobs.CannotException;
import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.TrainedModel;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
  private static final String OLDER = "churn_180d-2025-10-31-00aa";
  private static final String NEWER = "churn_180d-2025-11-30-00ff";

  @TempDir Path folder;
  private ModelStore store;

  @BeforeEach
  void fill() {
    store = new ModelStore(new LakeFiles(folder.toString(), LocalDisk.configuration()));
    store.put("CHURN_180D", new Named(OLDER));
    store.put("CHURN_180D", new Named(NEWER));
  }

  @Test
  void storedModelsTellWhichIsInUse() {
    assertThat(store.stored())
        .containsExactly(
            new ModelStore.Stored("CHURN_180D", OLDER, false, false),
            new ModelStore.Stored("CHURN_180D", NEWER, true, false));
  }

  @Test
  void theModelBeforeTheOneInUseComesBack() {
    assertThat(store.rollBack("CHURN_180D", null)).isEqualTo(OLDER);
    assertThat(store.idInUse("CHURN_180D")).contains(OLDER);
    assertThat(store.rollBack("CHURN_180D", NEWER)).isEqualTo(NEWER);
  }

  @Test
  void whatWasRolledBackToIsHeldUntilItIsReleasedOrReplaced() {
    store.rollBack("CHURN_180D", null);
    assertThat(store.heldId("CHURN_180D")).contains(OLDER);
    assertThat(store.stored()).contains(new ModelStore.Stored("CHURN_180D", OLDER, true, true));

    assertThat(store.release("CHURN_180D")).isEqualTo(OLDER);
    assertThat(store.heldId("CHURN_180D")).isEmpty();
    assertThat(store.idInUse("CHURN_180D")).contains(OLDER);

    store.rollBack("CHURN_180D", OLDER);
    store.put("CHURN_180D", new Named(NEWER));
    assertThat(store.stored())
        .containsExactly(
            new ModelStore.Stored("CHURN_180D", OLDER, false, false),
            new ModelStore.Stored("CHURN_180D", NEWER, true, false));
  }

  @Test
  void onlyWhatIsHeldCanBeReleased() {
    assertThatThrownBy(() -> store.release("CHURN_180D"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("no model of that name is held");
    store.rollBack("CHURN_180D", null);
    store.put("CHURN_180D", new Named(NEWER));
    assertThatThrownBy(() -> store.release("CHURN_180D")).isInstanceOf(CannotException.class);
  }

  @Test
  void whatIsNotStoredIsRefused() {
    assertThatThrownBy(() -> store.rollBack("CHURN_180D", "churn_180d-2020-01-31-00"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining(NEWER);
    store.rollBack("CHURN_180D", null);
    assertThatThrownBy(() -> store.rollBack("CHURN_180D", null))
        .isInstanceOf(CannotException.class);
  }

  private record Named(String modelId) implements TrainedModel {
    @Override
    public ModelManifest manifest() {
      return new ModelManifest(
          modelId,
          "CHURN_180D",
          LocalDate.EPOCH,
          "",
          1,
          Map.of(),
          Map.of(),
          List.of(),
          "",
          Map.of());
    }

    @Override
    public String toJson() {
      return "{}";
    }

    @Override
    public Dataset<Row> score(Dataset<Row> snapshots, LocalDate day) {
      throw new UnsupportedOperationException();
    }
  }
}
