package io.servicelake.jobs.ingest;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes personal values out of free text: e-mail addresses, vehicle numbers, plates, phone and
 * other long numbers, the names given, and a name where somebody introduces himself or is
 * addressed.
 */
final class Masking {
  /** What stands for a masked value. */
  static final String MASK = "***";

  private static final Pattern EMAIL =
      Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}");
  private static final Pattern VIN =
      Pattern.compile(
          "(?<![A-Za-z0-9])(?=[A-Za-z]*\\d)[A-HJ-NPR-Za-hj-npr-z0-9]{17}(?![A-Za-z0-9])");
  private static final Pattern PLATE =
      Pattern.compile("[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Za-z][\\s·-]?[A-Za-z0-9]{4,6}[挂学警港澳]?");
  private static final Pattern NUMBER = Pattern.compile("\\+?\\d(?:[ -]?\\d){6,}[Xx]?");
  private static final Pattern SAID_NAME =
      Pattern.compile("(我叫|我是|本人|姓名[:：]?|联系人[:：]?)([\\p{IsHan}]{2,3})(?=[，,。.;；!！\\s]|$)");
  private static final Pattern ADDRESSED = Pattern.compile("([\\p{IsHan}]{1,3})(?=先生|女士|小姐|太太)");
  private static final Pattern SAID_NAME_EN =
      Pattern.compile(
          "\\b((?:[Mm]y name is|[Tt]his is|Mr\\.?|Mrs\\.?|Ms\\.?|Miss)\\s+)([A-Z][A-Za-z'-]+(?:\\s+[A-Z][A-Za-z'-]+)?)");

  private Masking() {}

  /** The text without personal values. */
  static String masked(String text, List<String> names) {
    String masked = text;
    for (String name : names) {
      if (name.length() > 1) {
        masked =
            Pattern.compile(Pattern.quote(name), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(masked)
                .replaceAll(MASK);
      }
    }
    boolean hasDigits = false;
    boolean hasSign = false;
    for (int i = 0; i < masked.length(); i++) {
      char c = masked.charAt(i);
      hasDigits |= Character.isDigit(c);
      hasSign |= c == '@';
    }
    if (hasSign) {
      masked = EMAIL.matcher(masked).replaceAll(MASK);
    }
    if (hasDigits) {
      masked = VIN.matcher(masked).replaceAll(MASK);
      masked = PLATE.matcher(masked).replaceAll(MASK);
      masked = NUMBER.matcher(masked).replaceAll(MASK);
    }
    String mask = Matcher.quoteReplacement(MASK);
    masked = SAID_NAME.matcher(masked).replaceAll("$1" + mask);
    masked = ADDRESSED.matcher(masked).replaceAll(mask);
    return SAID_NAME_EN.matcher(masked).replaceAll("$1" + mask);
  }
}
