package io.servicelake.jobs.bi;

import io.servicelake.contract.Field;
import io.servicelake.kpi.Kpi;
import io.servicelake.kpi.Kpi.Ratio;
import io.servicelake.kpi.VisitKpis;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A figure a dataset offers to its charts.
 *
 * @param expression SQL aggregate over the dataset's columns; keywords in capitals, columns not
 * @param currency ISO code if the figure is money
 */
record Metric(
    String name,
    String expression,
    Labels labels,
    String meaning,
    String format,
    Optional<String> currency) {
  static final String COUNT = ",d";
  static final String SHARE = ".1%";
  static final String AMOUNT = ",.0f";
  static final String NUMBER = ",.2f";
  static final String SHORT_NUMBER = "SMART_NUMBER";
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}\\b");

  /** The key figure over its additive parts. */
  static Metric of(Ratio ratio) {
    Kpi.Card card = ratio.card();
    Optional<String> currency = currencyOf(card.unit());
    String format = currency.isPresent() ? AMOUNT : card.unit().equals("share") ? SHARE : NUMBER;
    return new Metric(
        card.name(), ratio.sqlOverParts(), Labels.of(ratio), meaning(card), format, currency);
  }

  /** The sum of a count, under the column's own name for people. */
  static Metric sum(String name, Field column) {
    return sum(name, column, Labels.of(column));
  }

  static Metric sum(String name, Field column, Labels labels) {
    return sum(name, column, labels, column.meaning(), COUNT);
  }

  /** The sum of a column that may be added up. */
  static Metric sum(String name, Field column, Labels labels, String meaning, String format) {
    return new Metric(
        name, "SUM(%s)".formatted(column.name()), labels, meaning, format, Optional.empty());
  }

  static Metric counted(String name, String expression, Labels labels, String meaning) {
    return new Metric(name, expression, labels, meaning, COUNT, Optional.empty());
  }

  /** A share of 1. */
  static Metric share(String name, String expression, Labels labels, String meaning) {
    return new Metric(name, expression, labels, meaning, SHARE, Optional.empty());
  }

  /** A share of 1 where a chart shows one row per mark; it cannot be added up. */
  static Metric ofOneRow(String name, Field column, Labels labels) {
    return share(name, "MAX(%s)".formatted(column.name()), labels, column.meaning());
  }

  /** An amount in the group's currency. */
  static Metric money(String name, String expression, Labels labels, String meaning) {
    return new Metric(name, expression, labels, meaning, AMOUNT, Optional.empty())
        .inCurrencyOf(VisitKpis.REVENUE_PER_ORDER);
  }

  /** The same figure as money of the key figure's currency. */
  Metric inCurrencyOf(Kpi kpi) {
    return new Metric(name, expression, labels, meaning, format, currencyOf(kpi.card().unit()));
  }

  /** Name of the metric of a key figure. */
  static String name(Kpi kpi) {
    return kpi.card().name();
  }

  private static Optional<String> currencyOf(String unit) {
    Matcher matcher = CURRENCY.matcher(unit);
    return matcher.lookingAt() ? Optional.of(matcher.group()) : Optional.empty();
  }

  private static String meaning(Kpi.Card card) {
    return card.target()
        .map(target -> "%s Target: %s.".formatted(card.meaning(), target))
        .orElse(card.meaning());
  }
}
