package io.servicelake.jobs.ingest;

/**
 * One record of a source.
 *
 * @param line line it starts on, from 1; the row of a sheet
 * @param cells texts by position
 * @param fault why it cannot be read; empty if it can
 */
public record RawRecord(long line, String[] cells, String fault) {

  RawRecord(long line, String[] cells) {
    this(line, cells, "");
  }

  /** A record that is refused. */
  static RawRecord refused(long line, String fault) {
    return new RawRecord(line, new String[0], fault);
  }
}
