package io.servicelake.jobs.winback;

import static io.servicelake.jobs.winback.CampaignOfTwoDealers.filledIn;
import static io.servicelake.jobs.winback.CampaignOfTwoDealers.nothingIsToBeDoneFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.io.Lakehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Call lists as files: what each dealer gets, and what of earlier exports stays. */
class ExportListsTest {
  @TempDir private Path folder;
  private Lakehouse lake;

  @BeforeEach
  void aCampaignOfTwoDealers() {
    lake = CampaignOfTwoDealers.in(folder.resolve("lake"));
  }

  @Test
  void eachDealerGetsAWorkbookAndATextThatStartNoFormula() throws IOException {
    List<Path> files = ExportLists.write(lake, folder.resolve("out"), Optional.empty());

    assertThat(files)
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            "2025-07-01_D1.xlsx", "2025-07-01_D1.csv", "2025-07-01_D2.xlsx", "2025-07-01_D2.csv");
    String text = Files.readString(files.get(1));
    assertThat(text).startsWith("\uFEFF活动,经销商,客户,排名,任务,方案名称").contains("'=HYPERLINK(");
    // There is nothing to do for the third.
    assertThat(text.lines()).hasSize(3);
    // The fifth was called.
    assertThat(Files.readString(files.get(3)).lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("c4") && line.contains("SETTLE_COMPLAINT"));
    try (ReadableWorkbook book = new ReadableWorkbook(files.get(0).toFile())) {
      assertThat(book.getFirstSheet().read().get(1).getCellText(5)).startsWith("'=HYPERLINK(");
    }
  }

  @Test
  void ofAnEarlierExportOfTheDayNothingStaysThatMayBeSentOut() throws IOException {
    Path out = folder.resolve("out");
    ExportLists.write(lake, out, Optional.empty());
    Path yesterday = Files.writeString(out.resolve("2025-06-30_D2.csv"), "of another day");
    Path draft = Files.writeString(out.resolve("2025-07-01_D1.csv.servicelake-draft"), "killed");
    nothingIsToBeDoneFor(lake, "c4");

    List<Path> files = ExportLists.write(lake, out, Optional.empty());

    assertThat(files).extracting(Path::getFileName).asString().doesNotContain("D2");
    assertThat(out.resolve("2025-07-01_D2.xlsx")).doesNotExist();
    assertThat(out.resolve("2025-07-01_D2.csv")).doesNotExist();
    assertThat(draft).doesNotExist();
    assertThat(yesterday).exists();
    assertThat(files).hasSize(2).allSatisfy(file -> assertThat(file).isNotEmptyFile());
  }

  @Test
  void aFileThatWasFilledInIsNeitherReplacedNorRemoved() throws IOException {
    Path out = folder.resolve("out");
    ExportLists.write(lake, out, Optional.empty());
    Path filledIn = filledIn(out.resolve("2025-07-01_D2.csv"), "2025-07-03,是,会来店,");
    String kept = Files.readString(filledIn);
    String other = Files.readString(out.resolve("2025-07-01_D1.csv"));

    for (String left : List.of("c1", "c4")) {
      nothingIsToBeDoneFor(lake, left);
      assertThatThrownBy(() -> ExportLists.write(lake, out, Optional.empty()))
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("not as they were exported: 2025-07-01_D2.csv. ");
    }
    assertThat(filledIn).hasContent(kept);
    assertThat(out.resolve("2025-07-01_D1.csv")).hasContent(other);
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files).hasSize(5);
    }

    Files.move(filledIn, folder.resolve("back.csv"));
    assertThat(ExportLists.write(lake, out, Optional.empty())).hasSize(2);
  }
}
