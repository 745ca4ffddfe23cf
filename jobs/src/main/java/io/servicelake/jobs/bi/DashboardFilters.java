package io.servicelake.jobs.bi;

import io.servicelake.contract.Field;
import io.servicelake.contract.serving.DealerMonths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a dashboard can be filtered by, in Superset's words; each filter binds what it can change.
 */
final class DashboardFilters {
  private DashboardFilters() {}

  static List<Object> of(Dashboard dashboard) {
    List<Object> filters = new ArrayList<>();
    filters.add(time(dashboard));
    for (Field column : List.of(DealerMonths.REGION, DealerMonths.BRAND, DealerMonths.DEALER_ID)) {
      filters.add(select(column, dashboard));
    }
    return filters;
  }

  private static Map<String, Object> time(Dashboard dashboard) {
    return Yamls.ordered(
        "id",
        "NATIVE_FILTER-time",
        "name",
        "Time 时间",
        "description",
        "Lists of the as-of day are not bound by it.",
        "filterType",
        "filter_time",
        "type",
        "NATIVE_FILTER",
        "targets",
        List.of(Map.of()),
        "defaultDataMask",
        Yamls.ordered("extraFormData", Map.of(), "filterState", Map.of()),
        "cascadeParentIds",
        List.of(),
        "controlValues",
        Map.of(),
        "scope",
        scope(dashboard, BoardChart::isBoundByTime));
  }

  private static Map<String, Object> select(Field column, Dashboard dashboard) {
    return Yamls.ordered(
        "id", "NATIVE_FILTER-" + column.name(),
        "name", Labels.of(column).both(),
        "description", "",
        "filterType", "filter_select",
        "type", "NATIVE_FILTER",
        "targets",
            List.of(
                Yamls.ordered(
                    "datasetUuid",
                    StableIds.of(dashboard.choices()),
                    "column",
                    Map.of("name", column.name()))),
        "defaultDataMask", Yamls.ordered("extraFormData", Map.of(), "filterState", Map.of()),
        "cascadeParentIds", List.of(),
        "controlValues",
            Yamls.ordered(
                "multiSelect", true,
                "enableEmptyFilter", false,
                "defaultToFirstItem", false,
                "inverseSelection", false,
                "searchAllOptions", false),
        "scope", scope(dashboard, chart -> chart.isBoundBy(column)));
  }

  /** All charts but those the filter could not change; charts by their number on the dashboard. */
  private static Map<String, Object> scope(Dashboard dashboard, Predicate<BoardChart> isBound) {
    List<Object> excluded = new ArrayList<>();
    int chartNo = 0;
    for (BoardChart chart : dashboard.charts()) {
      chartNo++;
      if (!isBound.test(chart)) {
        excluded.add(chartNo);
      }
    }
    return Yamls.ordered("rootPath", List.of("ROOT_ID"), "excluded", excluded);
  }
}
