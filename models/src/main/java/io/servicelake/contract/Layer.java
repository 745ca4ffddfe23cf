package io.servicelake.contract;

import java.util.Locale;

/** The layers of the lake in the order data flows: a step reads its own layer or an earlier one. */
public enum Layer {
  /** Rows as the source gave them, personal data taken out; append-only. */
  BRONZE,
  /** Personal data, encrypted with one key per subject. */
  VAULT,
  /** Typed facts with every version kept. */
  SILVER,
  /** Facts at their grain, current view, the person resolved. */
  GOLD,
  /** What was known of an entity on a day. */
  FEATURE,
  /** What the models say. */
  SCORE,
  /** What was assigned or promised; append-only and frozen. */
  DECISION,
  /** Wide tables for dashboards and lists. */
  SERVING,
  /**
   * Personal data of the customers on lists, for the role that may call them; never stored in the
   * lake.
   */
  SERVING_CONTACT,
  /** The run log and freshness: exempt from "nothing new, nothing written". */
  OPS;

  /** Folder and schema name of the layer. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
