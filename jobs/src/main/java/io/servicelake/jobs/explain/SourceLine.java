package io.servicelake.jobs.explain;

/**
 * A line of a source file that a row of silver was made from.
 *
 * @param table silver table
 * @param key business key of the row, columns joined by a bar
 */
public record SourceLine(
    String table, String key, String sourceId, String file, long line, String bronzeId) {

  /** File and line, as an editor takes them. */
  public String place() {
    return file + ":" + line;
  }
}
