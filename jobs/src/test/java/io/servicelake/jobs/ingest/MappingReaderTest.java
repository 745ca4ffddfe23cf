package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.jobs.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingReaderTest {
  private final MappingReader reader = new MappingReader(IngestSteps.TABLES);

  @Test
  void theMappingsOfTheDemoHaveNoFaults() {
    assertThat(reader.readFolder(Path.of("../conf/sources/demo")).orThrow()).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"12365auto", "azure-pdm", "bpi2013", "cdnow", "nhtsa-recalls", "online-retail"})
  void theMappingsOfPublicSetsHaveNoFaults(String set) {
    assertThat(reader.readFolder(Path.of("../conf/sources", set)).orThrow()).isNotEmpty();
  }

  @Test
  void onlyNumbersOfCustomersAndStaffCanBeOfNobody(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("x.conf"),
            """
            source = x
            files = ["*.csv"]
            zone = UTC
            personal {
              工号 { kind = staff, no_person = [SYSTEM] }
              姓名 { kind = name, subject = [], no_person = [SYSTEM] }
            }
            targets.parts.columns { part_id = a, occurred_at = b, known_at = b }
            """);

    assertThat(reader.read(file).faults())
        .extracting(fault -> fault.key() + ": " + fault.problem())
        .containsExactly("personal.姓名.no_person: a name always is of a person");
  }

  @Test
  void allFaultsAreToldAtOnceWithKeyProblemAndRemedy(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("x.conf"),
            """
            source = "Repair Orders"
            files = ["*.csv"]
            delimeter = ","
            zone = Asia/Shanghay
            personal {
              姓名 { kind = nmae, subject = 客户编号 }
              手机 { kind = phone }
            }
            targets {
              dealer.columns {}
              dealers.columns {
                dealer_id = 代码
                dealer_nmae = 名称
                brand { column = 品牌, constant = X }
                region { expression = "upper(大区" }
                opened_on { column = 开业, patterns = ["yyyy-QQQQQQ"] }
                bays_count { column = 工位, unit = km, min = many }
                occurred_at { field = opened_on }
                known_at = 修改时间
              }
            }
            """);

    MappingReader.Result result = reader.read(file);

    assertThat(result.mappings()).isEmpty();
    assertThat(result.faults())
        .extracting(fault -> fault.key() + ": " + fault.problem() + ". " + fault.remedy())
        .anyMatch(f -> f.startsWith("delimeter: there is no such key"))
        .anyMatch(f -> f.startsWith("source: 'Repair Orders' is no name"))
        .anyMatch(f -> f.startsWith("zone: 'Asia/Shanghay' is no zone"))
        .anyMatch(f -> f.startsWith("personal.姓名.kind: 'nmae' is no kind"))
        .anyMatch(f -> f.startsWith("personal.手机.subject: it is not said whose value"))
        .anyMatch(
            f ->
                f.equals(
                    "targets.dealer: there is no silver table dealer. The nearest is dealers."))
        .anyMatch(
            f ->
                f.equals(
                    "targets.dealers.columns.dealer_nmae: the table has no such column to fill. The nearest is dealer_name."))
        .anyMatch(f -> f.startsWith("targets.dealers.columns.dealer_name: the column is required"))
        .anyMatch(f -> f.contains("column and constant stand together"))
        .anyMatch(
            f -> f.startsWith("targets.dealers.columns.region.expression: 'upper(大区' is no SQL"))
        .anyMatch(f -> f.startsWith("targets.dealers.columns.opened_on.patterns: 'yyyy-QQQQQQ'"))
        .anyMatch(f -> f.startsWith("targets.dealers.columns.bays_count.unit: 'km' is no unit"))
        .anyMatch(f -> f.startsWith("targets.dealers.columns.bays_count.min: 'many' is no number"))
        .anyMatch(f -> f.startsWith("targets.dealers.columns.occurred_at.field: opened_on is date"))
        .hasSize(14);
    assertThatThrownBy(result::orThrow)
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot use the mapping files: 14 faults.");
  }
}
