package io.servicelake.transform.silver;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;

/**
 * How the text of a source's cells is read.
 *
 * @param zone zone of times that carry none
 * @param nullTokens texts that stand for no value, besides the empty one
 * @param patterns date and time patterns, tried in order; {@link #EXCEL} is one
 * @param decimal sign before the decimals
 * @param grouping sign between thousands; empty for none
 */
public record Reading(
    ZoneId zone, List<String> nullTokens, List<String> patterns, String decimal, String grouping)
    implements Serializable {

  /** The word among patterns that stands for serial numbers of Excel. */
  public static final String EXCEL = "excel";

  /** UTC, ISO dates, a decimal point and nothing between thousands. */
  public static final Reading DEFAULT =
      new Reading(
          ZoneId.of("UTC"), List.of(), List.of("yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd"), ".", "");
}
