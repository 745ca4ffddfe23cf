package io.servicelake.jobs.bi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The marketing dashboard: the customer base, win-back, what campaigns brought, the models. */
final class CustomersBoard {
  static final Dashboard DASHBOARD =
      new Dashboard(
          "customers-and-win-back",
          new Labels("Customers and win-back", "客户与挽回"),
          "Core customers, value and behaviour; whom to win back with what; what campaigns brought; how good the models are.",
          DealerMonthsData.DATASET,
          List.of(CustomerBaseTab.TAB, WinbackTab.TAB, CampaignsTab.TAB, ModelsTab.TAB),
          colors());

  private CustomersBoard() {}

  private static Map<String, String> colors() {
    Map<String, String> colors = new LinkedHashMap<>(CustomerBaseTab.colors());
    colors.putAll(CampaignsTab.colors());
    colors.putAll(ModelsTab.colors());
    return colors;
  }
}
