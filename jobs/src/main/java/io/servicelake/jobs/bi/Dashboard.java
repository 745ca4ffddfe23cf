package io.servicelake.jobs.bi;

import java.util.List;
import java.util.Map;

/**
 * A dashboard: rows of charts under headings.
 *
 * @param slug last part of its address
 * @param labelColors colours of values that mean good or bad
 */
record Dashboard(
    String slug, Labels title, String meaning, List<Row> rows, Map<String, String> labelColors) {

  /**
   * Charts side by side.
   *
   * @param height in Superset's units of 8 pixels
   */
  record Row(Labels heading, int height, List<Tile> tiles) {}

  /**
   * A chart and its width; a row is 12 wide.
   *
   * @param width 1 to 12
   */
  record Tile(BoardChart chart, int width) {}

  /** All charts, in reading order. */
  List<BoardChart> charts() {
    return rows.stream().flatMap(row -> row.tiles().stream()).map(Tile::chart).toList();
  }
}
