package io.servicelake.jobs.simulate;

/** Amounts as they are written. */
final class Money {
  private Money() {}

  /** Fen as yuan with two decimals. */
  static String yuan(long fen) {
    return (fen < 0 ? "-" : "")
        + Math.abs(fen) / 100
        + "."
        + (char) ('0' + Math.abs(fen) / 10 % 10)
        + (char) ('0' + Math.abs(fen) % 10);
  }
}
