package io.servicelake.jobs;

import io.servicelake.contract.TableContract;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The tables a step declared, at the versions its plan pinned. */
public interface Inputs {
  /**
   * Rows of a declared input: all, or in an incremental run those of touched keys.
   *
   * @throws CannotException if the step does not declare the table
   */
  Dataset<Row> get(TableContract table);

  /** Current versions among {@link #get}. */
  Dataset<Row> current(TableContract table);

  /** All rows of a declared input, in an incremental run too: for look-ups across keys. */
  Dataset<Row> whole(TableContract table);

  /** All rows of the step's own output before this run. */
  Dataset<Row> output();

  /** Version of a declared input that the plan pinned; -1 if the table was never written. */
  long version(TableContract table);

  /**
   * Version of a declared input at the step's last finished run; -1 before the first. Rows that
   * came since are {@code run.lake().changes(table, lastVersion(table), version(table))}.
   */
  long lastVersion(TableContract table);
}
