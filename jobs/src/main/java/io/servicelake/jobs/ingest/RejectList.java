package io.servicelake.jobs.ingest;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Field;
import io.servicelake.contract.silver.Rejects;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Refused rows by source, target and reason, most frequent first, with examples. What is shown of a
 * row is its place and its reason, in which personal values are masked; never its payload.
 */
public final class RejectList {
  private static final String PLACE = "_place";

  private RejectList() {}

  /**
   * Prints the list; returns the number of refused rows in it.
   *
   * @param only values that rows must have, by column of silver.rejects
   * @param examples rows shown of each reason
   */
  public static long print(
      Dataset<Row> rejects, Map<Field, String> only, int examples, PrintWriter out) {
    Dataset<Row> chosen = rejects;
    for (Map.Entry<Field, String> value : only.entrySet()) {
      chosen = chosen.where(value.getKey().col().equalTo(value.getValue()));
    }
    Column[] group = {
      Rejects.SOURCE_ID.col(), Rejects.TARGET_TABLE.col(), Rejects.REASON_CODE.col()
    };
    Column example =
        concat(
            Rejects.FILE_NAME.col(),
            lit(":"),
            Rejects.LINE_NUMBER.col().cast("string"),
            lit("  "),
            Rejects.REASON.col());
    List<Row> rows =
        chosen
            .withColumn(
                PLACE,
                row_number()
                    .over(
                        Window.partitionBy(group)
                            .orderBy(Rejects.FILE_NAME.col(), Rejects.LINE_NUMBER.col())))
            .groupBy(group)
            .agg(
                count(lit(1)).as("rows"),
                array_sort(collect_list(when(col(PLACE).leq(examples), example))))
            .orderBy(col("rows").desc(), group[0], group[1], group[2])
            .collectAsList();
    long all = 0;
    for (Row row : rows) {
      all += row.getLong(3);
      out.println(
          String.format(
              Locale.ROOT,
              "%,9d  %s → %s  %s",
              row.getLong(3),
              row.getString(0),
              row.getString(1),
              row.getString(2)));
      row.<String>getList(4).forEach(text -> out.println("             " + printable(text)));
    }
    out.println(String.format(Locale.ROOT, "%,d rows refused.", all));
    return all;
  }

  /** The text without control characters, which could play with the terminal. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u202A-\\u202E\\u2066-\\u2069]", "�");
  }
}
