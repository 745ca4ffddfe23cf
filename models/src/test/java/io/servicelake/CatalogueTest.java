package io.servicelake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Rewrites the pages instead of comparing them when run with {@code -Dservicelake.regenerate=true}.
 */
class CatalogueTest {

  @Test
  void tablesPageIsWhatTheContractsSay() throws IOException {
    assertFresh(Path.of("TABLES.md"), Catalogue.tables());
  }

  @Test
  void keyFiguresPageIsWhatTheConstantsSay() throws IOException {
    assertFresh(Path.of("KPIS.md"), Catalogue.kpis());
  }

  @Test
  void everyColumnIsExplainedInBothLanguages() {
    AllTables.ALL.forEach(
        table ->
            table
                .fields()
                .forEach(
                    field -> {
                      assertThat(field.labelEn()).as(table.id() + "." + field.name()).isNotBlank();
                      assertThat(field.labelZh()).as(table.id() + "." + field.name()).isNotBlank();
                      assertThat(field.meaning()).as(table.id() + "." + field.name()).isNotBlank();
                      assertThat(field.name()).matches("[a-z][a-z0-9_]*");
                    }));
  }

  private static void assertFresh(Path page, String text) throws IOException {
    if (Boolean.getBoolean("servicelake.regenerate")) {
      Files.writeString(page, text);
    }
    assertThat(page).as("regenerate with -Dservicelake.regenerate=true").hasContent(text);
  }
}
