package io.servicelake.jobs.serve;

import io.servicelake.jobs.CannotException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Row;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Copies one partition into a physical table, in a transaction that also books the partition: a
 * task that runs twice copies once.
 */
final class CopyPartition implements ForeachPartitionFunction<Row> {
  private static final long serialVersionUID = 1L;
  private static final int BUFFER_CHARS = 1 << 16;

  private final ServingTarget target;
  private final String tableId;
  private final String copySql;
  private final String physicalTable;

  /**
   * @param tableId the table's id, for messages
   * @param copySql the COPY statement, text format, columns in the order of the rows
   * @param physicalTable the name under which partitions are booked
   */
  CopyPartition(ServingTarget target, String tableId, String copySql, String physicalTable) {
    this.target = target;
    this.tableId = tableId;
    this.copySql = copySql;
    this.physicalTable = physicalTable;
  }

  @Override
  public void call(Iterator<Row> rows) {
    try (Connection connection = target.connect("servicelake-copy")) {
      connection.setAutoCommit(false);
      long copied = copy(connection, rows);
      if (isBooked(connection, copied)) {
        connection.commit();
      } else {
        connection.rollback();
      }
    } catch (SQLException e) {
      // Without the cause, which does not survive the way from an executor.
      throw new CannotException(
          "Cannot publish %s: %s. PostgreSQL did not take the rows; readers still see the last release. If they break the contract, correct the step that writes the table; else see the server's log."
              .formatted(tableId, e.getMessage()));
    }
  }

  private long copy(Connection connection, Iterator<Row> rows) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copySql);
    try {
      StringBuilder buffer = new StringBuilder(BUFFER_CHARS + BUFFER_CHARS / 4);
      while (rows.hasNext()) {
        CopyText.append(buffer, rows.next());
        if (buffer.length() >= BUFFER_CHARS) {
          send(copy, buffer);
        }
      }
      send(copy, buffer);
      return copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static void send(CopyIn copy, StringBuilder buffer) throws SQLException {
    byte[] bytes = buffer.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    buffer.setLength(0);
  }

  private boolean isBooked(Connection connection, long copied) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(Releases.BOOK_LOAD)) {
      statement.setString(1, physicalTable);
      statement.setInt(2, TaskContext.getPartitionId());
      statement.setLong(3, copied);
      return statement.executeUpdate() == 1;
    }
  }
}
