package io.servicelake.jobs.report;

import io.servicelake.contract.TableContract;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The report page: one self-contained HTML file without personal data. */
public final class Report {
  private Report() {}

  /**
   * Collects what the page shows and writes it.
   *
   * @param tables gives each serving table of the lake; an empty one is shown as such
   * @param asOf last day that counts
   * @param file the page; its folder is made if it is missing, an older page is replaced
   * @return what the page shows, for {@link Headline#lines}
   * @throws io.servicelake.jobs.CannotException if the file cannot be written
   */
  public static ReportData write(
      Function<TableContract, Dataset<Row>> tables, LocalDate asOf, Path file) {
    ReportData data = ReportData.collect(tables, asOf);
    ReportPage.of(data).write(file);
    return data;
  }
}
