package io.servicelake.jobs.quality;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.io.JsonFile;
import io.servicelake.jobs.io.LakeFiles;
import java.util.List;

/**
 * What was found of a table at its last check, in {@code _progress/quality/<table>.json}.
 *
 * @param rows rows of the table then; -1 if its log did not tell
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record CheckBook(long rows, List<Finding> findings) {
  /** What was found of an expectation. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Finding(
      String name,
      String outcome,
      Double measured,
      double warnAbove,
      Double stopAbove,
      long checked,
      long broken,
      String scope,
      String detail) {}

  static CheckBook read(LakeFiles files, TableContract table) {
    return file(table).read(files).orElseGet(() -> new CheckBook(-1, List.of()));
  }

  void write(LakeFiles files, TableContract table) {
    file(table).write(files, this);
  }

  private static JsonFile<CheckBook> file(TableContract table) {
    return new JsonFile<>(
        "_progress/quality/" + table.id() + ".json",
        CheckBook.class,
        "the next run checks the table anew");
  }
}
