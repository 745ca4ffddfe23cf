package io.servicelake.jobs.bi;

import java.util.Map;

/**
 * A chart of a dashboard.
 *
 * @param name stable name: its identity and file name
 * @param vizType Superset's name of the kind of chart
 * @param params the chart's settings in Superset's words
 */
record BoardChart(
    String name,
    Labels title,
    String meaning,
    BoardDataset dataset,
    String vizType,
    Map<String, Object> params) {}
