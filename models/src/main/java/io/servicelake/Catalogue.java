package io.servicelake;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.kpi.AllKpis;
import io.servicelake.kpi.Kpi;
import io.servicelake.kpi.Part;
import java.util.stream.Collectors;

/** TABLES.md and KPIS.md, written from the contracts and the KPI constants. */
public final class Catalogue {
  private Catalogue() {}

  /** The text of TABLES.md. */
  public static String tables() {
    StringBuilder text =
        new StringBuilder(
            """
            # Tables

            Written from the contracts in `contract/`; a test fails when this page is stale. Units are suffixes of the
            names: `_km`, `_days`, `_hours`, `_count`, `_rate` (0 to 1), `_amount` (units of the currency),
            `_amount_minor` (hundredths), `_on` (a date in the lake's zone), `_at` (a UTC instant).

            | table | grain | owner |
            |---|---|---|
            """);
    for (TableContract table : AllTables.ALL) {
      text.append(
          "| [%s](#%s) | %s | %s |\n"
              .formatted(table.id(), anchor(table), table.grain(), table.owner()));
    }
    for (TableContract table : AllTables.ALL) {
      text.append(
          "\n## %s\n%s · %s: %s. Key: %s.\n\n"
              .formatted(
                  table.id(),
                  table.labelEn(),
                  table.labelZh(),
                  table.grain(),
                  table.keyNames().stream()
                      .map(name -> "`" + name + "`")
                      .collect(Collectors.joining(", "))));
      text.append("| column | type | null | English | 中文 | meaning |\n|---|---|---|---|---|---|\n");
      for (Field field : table.fields()) {
        text.append(
            "| `%s` | %s | %s | %s | %s | %s |\n"
                .formatted(
                    field.name(),
                    field.type().simpleString(),
                    field.isNullable() ? "yes" : "",
                    field.labelEn(),
                    field.labelZh(),
                    field.meaning()));
      }
    }
    return text.toString();
  }

  /** The text of KPIS.md. */
  public static String kpis() {
    StringBuilder text =
        new StringBuilder(
            """
            # Key figures

            Written from the KPI constants in `kpi/`; a test fails when this page is stale. A ratio is carried as
            `x_num` and `x_den` and formed after adding up; a distinct count and a quantile hold for one dealer and
            month and are never added or averaged.

            | key figure | 中文 | kind | unit | better | target | formula | counts on | meaning | source |
            |---|---|---|---|---|---|---|---|---|---|
            """);
    for (Kpi kpi : AllKpis.ALL) {
      Kpi.Card card = kpi.card();
      text.append(
          "| %s<br>`%s` | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n"
              .formatted(
                  card.labelEn(),
                  card.name(),
                  card.labelZh(),
                  kpi.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT),
                  card.unit(),
                  card.direction().name().toLowerCase(java.util.Locale.ROOT),
                  card.target().map(String::valueOf).orElse(""),
                  formula(kpi),
                  day(kpi),
                  card.meaning(),
                  card.source()));
    }
    return text.toString();
  }

  private static String formula(Kpi kpi) {
    if (kpi instanceof Kpi.Ratio ratio) {
      return "`"
          + ratio.numerator().expression()
          + "` / `"
          + ratio.denominator().expression()
          + "`";
    } else if (kpi instanceof Kpi.Distinct distinct) {
      return "distinct `" + distinct.counted().expression() + "`";
    } else {
      Kpi.Quantile quantile = (Kpi.Quantile) kpi;
      return "quantile " + quantile.level() + " of `" + quantile.over().expression() + "`";
    }
  }

  private static String day(Kpi kpi) {
    if (kpi instanceof Kpi.Ratio ratio) {
      String numerator = day(ratio.numerator());
      String denominator = day(ratio.denominator());
      return numerator.equals(denominator) ? numerator : numerator + " / " + denominator;
    } else if (kpi instanceof Kpi.Distinct distinct) {
      return day(distinct.counted());
    } else {
      return day(((Kpi.Quantile) kpi).over());
    }
  }

  private static String day(Part part) {
    return part.fact().id() + "." + part.day().name();
  }

  private static String anchor(TableContract table) {
    return table.id().replace(".", "");
  }
}
