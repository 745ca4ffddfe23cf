package io.servicelake.jobs.ingest;

import io.servicelake.jobs.CannotException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Decides which rows of a table are read next. */
final class PlanTables {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  private final Tokens tokens;

  PlanTables(MasterKey master) {
    this.tokens = new Tokens(master, "");
  }

  /**
   * The next slice; empty if nothing is new. Rows with the watermark reached last are looked at
   * again: if they are not the same as then, the slice begins with them.
   *
   * @param before what was reached; null at the beginning
   * @throws CannotException if the table cannot be read or lacks a column
   */
  Optional<TableState.Slice> next(Mapping mapping, TableState.Mark before) {
    TableSource table = mapping.jdbc().orElseThrow();
    try (TableReader reader = TableReader.open(mapping.sourceId(), table)) {
      ReadFiles.missing(mapping.sourceReading(), reader.names()).forEach(reader::position);
      try {
        return next(mapping.sourceId(), table, before, reader);
      } catch (SQLException e) {
        throw reader.cannot(e);
      }
    }
  }

  private Optional<TableState.Slice> next(
      String sourceId, TableSource table, TableState.Mark before, TableReader reader)
      throws SQLException {
    boolean isOn = before != null && before.table().equals(table.fingerprint());
    String after = isOn ? before.watermark() : null;
    boolean isInclusive = isOn && !before.ties().equals(ties(after, table, reader));
    String condition = isOn ? isInclusive ? "%s >= ?" : "%s > ?" : "%s IS NOT NULL";
    String last = null;
    int count = 0;
    ColumnText kind = reader.kinds().get(reader.position(table.watermark()) - 1);
    try (ResultSet rows =
        reader.rows(
            List.of(table.watermark()),
            condition,
            isOn ? List.of(after) : List.of(),
            table.sliceRows())) {
      while (rows.next()) {
        last = kind.text(rows, 1, ZoneOffset.UTC);
        count++;
      }
    }
    if (last == null) {
      return Optional.empty();
    }
    TableState.Mark reached =
        new TableState.Mark(table.fingerprint(), last, ties(last, table, reader));
    return Optional.of(
        new TableState.Slice(sourceId, after, isInclusive, reached, count < table.sliceRows()));
  }

  /** Keyed digest of the rows with one watermark. */
  private String ties(String watermark, TableSource table, TableReader reader) throws SQLException {
    BigInteger sum = BigInteger.ZERO;
    long count = 0;
    try (ResultSet rows = reader.rows(List.of(), "%s = ?", List.of(watermark), 0)) {
      while (rows.next()) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < reader.kinds().size(); i++) {
          text.append(reader.kinds().get(i).text(rows, i + 1, ZoneOffset.UTC)).append('\u001F');
        }
        String token = tokens.token(PersonalKind.WORDS, Hashes.sha256(text.toString()));
        byte[] digest = Hashes.sha256().digest(token.getBytes(StandardCharsets.UTF_8));
        sum = sum.add(new BigInteger(1, digest)).mod(MODULUS);
        count++;
      }
    }
    return count + ":" + sum.toString(16);
  }
}
