package io.servicelake.jobs.winback;

/** Text of a cell that a spreadsheet program takes for text and never for a formula. */
final class CellText {
  private static final String STARTS_A_FORMULA = "=+-@\t\r\n";
  private static final String GUARD = "'";

  private CellText() {}

  /** The text with an apostrophe before it, if it would start a formula. */
  static String safe(Object value) {
    String text = value == null ? "" : value.toString();
    return !text.isEmpty() && STARTS_A_FORMULA.indexOf(halfWidth(text.charAt(0))) >= 0
        ? GUARD + text
        : text;
  }

  /** The sign that a full-width one is read as. */
  private static char halfWidth(char sign) {
    return sign >= '\uFF01' && sign <= '\uFF5E' ? (char) (sign - 0xFEE0) : sign;
  }

  /** The text a guarded cell stood for. */
  static String plain(String cell) {
    String text = cell.strip();
    return text.startsWith(GUARD) ? text.substring(1).strip() : text;
  }
}
