package io.servicelake.jobs.quality;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.io.LakeFiles;
import java.util.List;

/**
 * What was found of a table at its last check, in {@code _progress/quality/<table>.json}.
 *
 * @param rows rows of the table then; -1 if its log did not tell
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record CheckBook(long rows, List<Finding> findings) {
  private static final ObjectMapper JSON = new ObjectMapper();

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
    return files
        .read(file(table))
        .map(
            text -> {
              try {
                return JSON.readValue(text, CheckBook.class);
              } catch (JsonProcessingException e) {
                throw new CannotException(
                    "Cannot read %s: %s. It was changed by hand. Delete it: the next run checks the table anew."
                        .formatted(files.path(file(table)), e.getOriginalMessage()),
                    e);
              }
            })
        .orElseGet(() -> new CheckBook(-1, List.of()));
  }

  void write(LakeFiles files, TableContract table) {
    try {
      files.write(file(table), JSON.writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String file(TableContract table) {
    return "_progress/quality/" + table.id() + ".json";
  }
}
