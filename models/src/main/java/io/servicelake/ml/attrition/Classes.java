package io.servicelake.ml.attrition;

/**
 * The classes of persons that stand for what is not seen of them: a finite mixture (Heckman &
 * Singer 1984). A class has a punctuality, a diligence, a frailty and an attachment.
 */
final class Classes {
  static final int PUNCTUALITIES = 3;
  static final int DILIGENCES = 2;
  static final int FRAILTIES = 2;
  static final int ATTACHMENTS = 2;

  /** Punctuality and diligence together tell how maintenance comes. */
  static final int KEEPERS = PUNCTUALITIES * DILIGENCES;

  static final int ALL = KEEPERS * FRAILTIES * ATTACHMENTS;

  private Classes() {}

  /** Punctuality and diligence of a class. */
  static int keeper(int of) {
    return pair(of) / FRAILTIES;
  }

  static int frailty(int of) {
    return pair(of) % FRAILTIES;
  }

  static int attachment(int of) {
    return of % ATTACHMENTS;
  }

  /** Number of keeper and frailty together. */
  static int pair(int keeper, int frailty) {
    return keeper * FRAILTIES + frailty;
  }

  /** Keeper and frailty of a class. */
  static int pair(int of) {
    return of / ATTACHMENTS;
  }

  static int of(int keeper, int frailty, int attachment) {
    return pair(keeper, frailty) * ATTACHMENTS + attachment;
  }
}
