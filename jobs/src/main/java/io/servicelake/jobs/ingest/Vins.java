package io.servicelake.jobs.ingest;

/** Vehicle identification numbers, ISO 3779: 17 characters without I, O and Q. */
final class Vins {
  private static final String LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";
  private static final String VALUES = "12345678123457923456789";
  private static final int[] WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
  private static final int CHECK = 8;

  private Vins() {}

  /**
   * True if a normalised number can be one.
   *
   * @param isChecked the ninth character has to be the check digit (China, North America)
   */
  static boolean isValid(String vin, boolean isChecked) {
    if (vin.length() != WEIGHTS.length) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < vin.length(); i++) {
      char c = vin.charAt(i);
      int letter = LETTERS.indexOf(c);
      boolean isDigit = c >= '0' && c <= '9';
      if (letter < 0 && !isDigit) {
        return false;
      }
      sum += WEIGHTS[i] * ((isDigit ? c : VALUES.charAt(letter)) - '0');
    }
    int rest = sum % 11;
    return !isChecked || vin.charAt(CHECK) == (rest == 10 ? 'X' : (char) ('0' + rest));
  }
}
