package io.servicelake.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.jobs.CannotException;
import java.nio.file.Path;
import java.util.Map;
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
    store.put("CHURN_180D", named(OLDER));
    store.put("CHURN_180D", named(NEWER));
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
    store.put("CHURN_180D", named(NEWER));
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
    store.put("CHURN_180D", named(NEWER));
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

  @Test
  void oneThatThisVersionCannotReadIsRefusedAndTheOneInUseStays() {
    String older = "churn_180d-2025-09-30-00bb";
    store.keep(new NamedModel("CHURN_180D", older, Map.of("of_an_earlier_version", 1)));
    assertThatThrownBy(() -> store.rollBack("CHURN_180D", older))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("another version, which this one cannot read");
    assertThat(store.idInUse("CHURN_180D")).contains(NEWER);
    assertThat(store.heldId("CHURN_180D")).isEmpty();
  }

  private static NamedModel named(String id) {
    return new NamedModel("CHURN_180D", id);
  }
}
