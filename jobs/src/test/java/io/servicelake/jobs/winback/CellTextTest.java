package io.servicelake.jobs.winback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠a"})
  void whatWouldStartAFormulaIsTextAndReadsBackAsItWas(String text) {
    assertThat(CellText.safe(text)).isEqualTo("'" + text);
    assertThat(CellText.plain(CellText.safe(text))).isEqualTo(text.strip());
  }

  @Test
  void otherTextStaysAsItIs() {
    assertThat(CellText.safe("保养代金券 (=100)")).isEqualTo("保养代金券 (=100)");
    assertThat(CellText.safe("")).isEmpty();
    assertThat(CellText.safe(null)).isEmpty();
  }
}
