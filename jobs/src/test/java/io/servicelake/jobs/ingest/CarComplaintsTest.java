package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.CompiledPlans;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Dealers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Complaints of a Chinese portal. */
@ExtendWith(CompiledPlans.class)
class CarComplaintsTest {
  @TempDir static Path temp;
  private static TestLake lake;

  @BeforeAll
  static void ingest() {
    lake = RealInput.lake(temp.resolve("lake"), "12365auto", "car-complaints-cn");
  }

  @Test
  void everyRowIsAComplaintAndAMakeUnderTwoSpellingsIsOne() {
    assertThat(lake.fates())
        .containsExactly(
            "complaints_12365auto>complaints [600, 600, 0, 0, 0]",
            "complaints_12365auto>dealers [600, 74, 0, 0, 526]");
    assertThat(lake.rows(Dealers.TABLE, Dealers.DEALER_ID))
        .contains("一汽大众", "一汽大众奥迪")
        .doesNotContain("一汽-大众", "一汽-大众奥迪");
  }

  @Test
  void problemCodesComeWithoutTheTrailingComma() {
    List<String> codes =
        lake.rows(Complaints.TABLE, Complaints.PROBLEM_CODES).stream()
            .flatMap(text -> Arrays.stream(text.split(",", -1)))
            .toList();
    assertThat(codes).hasSize(1089).allMatch(code -> code.matches("[A-Q]\\d+"));
    assertThat(codes.stream().distinct()).hasSize(174);
    assertThat(
            lake.rows(
                Complaints.TABLE,
                Complaints.COMPLAINT_ID,
                Complaints.DEALER_ID,
                Complaints.COMPONENT_CODE,
                Complaints.PROBLEM_CODES,
                Complaints.WORDS_MASKED))
        .contains("12365:482022 | 一汽大众 | B | B84,E111 | 一汽大众迈腾起步和刹车时车辆抖动");
  }
}
