package io.servicelake.jobs.simulate;

/** Vehicle identification numbers with the check digit of ISO 3779 as used in China (GB 16735). */
final class Vins {
  private static final int[] WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
  private static final String YEARS = "ABCDEFGHJKLMNPRSTVWXY123456789";

  private Vins() {}

  static String make(CarModel model, int modelYear, int serial) {
    char year = YEARS.charAt(Math.floorMod(modelYear - 2010, YEARS.length()));
    String open = model.vinHead() + "0" + year + "A" + String.format("%06d", serial);
    return open.substring(0, 8) + checkDigit(open) + open.substring(9);
  }

  /** The character that belongs at position 9. */
  static char checkDigit(String vin) {
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      sum += WEIGHTS[i] * valueOf(vin.charAt(i));
    }
    int rest = sum % 11;
    return rest == 10 ? 'X' : (char) ('0' + rest);
  }

  private static int valueOf(char letter) {
    if (letter >= '0' && letter <= '9') {
      return letter - '0';
    } else if (letter <= 'H') {
      return letter - 'A' + 1;
    } else if (letter <= 'R') {
      return letter - 'J' + 1;
    }
    return letter - 'S' + 2;
  }
}
