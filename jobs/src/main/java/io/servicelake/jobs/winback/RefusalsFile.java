package io.servicelake.jobs.winback;

import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.winback.ImportOutcomes.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;

/**
 * All rows an import refused, as a CSV file: where they stand and why, nothing of what they say.
 */
public final class RefusalsFile {
  private RefusalsFile() {}

  /**
   * Writes them to a file of their own.
   *
   * @param now names the file
   * @throws CannotException if it cannot be written
   */
  public static Path write(List<Refusal> refusals, Path folder, Instant now) {
    Path file = folder.resolve(now.toString().replace(':', '-') + ".csv");
    try {
      Files.createDirectories(folder);
      try (CSVPrinter text = ExcelCsv.open(file)) {
        text.printRecord("file", "line", "reason");
        for (Refusal refusal : refusals) {
          text.printRecord(CellText.safe(refusal.file()), refusal.line(), refusal.reason());
        }
      }
    } catch (IOException e) {
      throw new CannotException(
          "Cannot write the refused rows to %s: %s. All other rows are taken. Make the folder writable and import the files again, which takes no row twice."
              .formatted(file, e.getMessage()),
          e);
    }
    return file;
  }
}
