package io.servicelake.jobs.bi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A dashboard: tabs of rows of charts. One tab alone is shown without a tab bar.
 *
 * @param slug last part of its address
 * @param choices where regions, brands and dealers to filter by are read from
 * @param labelColors colours of values that mean good or bad
 */
record Dashboard(
    String slug,
    Labels title,
    String meaning,
    BoardDataset choices,
    List<Tab> tabs,
    Map<String, String> labelColors) {

  /**
   * A subject of the dashboard.
   *
   * @param note how to read it, above its rows
   */
  record Tab(Labels title, Optional<Labels> note, List<Row> rows) {

    /** The tabs of a dashboard without tabs. */
    static List<Tab> only(Row... rows) {
      return List.of(new Tab(new Labels("All", "全部"), Optional.empty(), List.of(rows)));
    }
  }

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

  /** All rows, in reading order. */
  List<Row> rows() {
    return tabs.stream().flatMap(tab -> tab.rows().stream()).toList();
  }

  /** All charts, in reading order. */
  List<BoardChart> charts() {
    return rows().stream().flatMap(row -> row.tiles().stream()).map(Tile::chart).toList();
  }

  /** All datasets, once each. */
  List<BoardDataset> datasets() {
    return Stream.concat(charts().stream().map(BoardChart::dataset), Stream.of(choices))
        .distinct()
        .toList();
  }
}
