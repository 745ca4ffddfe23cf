package io.servicelake.jobs.winback;

/** Text of a cell that a spreadsheet program takes for text and never for a formula. */
final class CellText {
  private static final String STARTS_A_FORMULA = "=+-@\t\r";
  private static final String GUARD = "'";

  private CellText() {}

  /** The text with an apostrophe before it, if it would start a formula. */
  static String safe(Object value) {
    String text = value == null ? "" : value.toString();
    return !text.isEmpty() && STARTS_A_FORMULA.indexOf(text.charAt(0)) >= 0 ? GUARD + text : text;
  }

  /** The text a guarded cell stood for. */
  static String plain(String cell) {
    String text = cell.strip();
    return text.startsWith(GUARD) ? text.substring(1).strip() : text;
  }
}
