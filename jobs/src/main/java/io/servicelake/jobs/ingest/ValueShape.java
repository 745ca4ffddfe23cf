package io.servicelake.jobs.ingest;

import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a text looks like. */
enum ValueShape {
  VIN(text -> Vins.isValid(text.toUpperCase(java.util.Locale.ROOT), false) && hasLetter(text)),
  CHECKED_VIN(
      text -> Vins.isValid(text.toUpperCase(java.util.Locale.ROOT), true) && hasLetter(text)),
  PLATE("[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Za-z][ ·-]?[A-Za-z0-9]{4,6}[挂学警港澳]?"),
  /** A mobile number of mainland China. */
  PHONE("(\\+?86[ -]?)?1[3-9]\\d([ -]?\\d{4}){2}"),
  EMAIL("[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}"),
  INTEGER("[+-]?\\d{1,18}"),
  /** A number with or without decimals and signs between thousands. */
  NUMBER("[+-]?(\\d+|\\d{1,3}(,\\d{3})+)(\\.\\d+)?([eE][+-]?\\d{1,3})?|[+-]?\\.\\d+"),
  /** A number with signs between thousands. */
  GROUPED("[+-]?\\d{1,3}(,\\d{3})+(\\.\\d+)?"),
  TRUTH(
      text ->
          Set.of("是", "否", "Y", "N", "YES", "NO", "TRUE", "FALSE", "T", "F", "0", "1")
              .contains(text.toUpperCase(java.util.Locale.ROOT))),
  /** Two to four Chinese characters, as names are. */
  CHINESE_NAME("[\\p{IsHan}]{2,4}"),
  /** More than a few words. */
  WORDS(text -> text.length() > 40 || text.codePoints().filter(ValueShape::isHan).count() > 10);

  private final Predicate<String> test;

  ValueShape(Predicate<String> test) {
    this.test = test;
  }

  ValueShape(String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    this.test = text -> text.length() <= 40 && compiled.matcher(text).matches();
  }

  boolean fits(String text) {
    return test.test(text);
  }

  private static boolean hasLetter(String text) {
    return text.chars().anyMatch(Character::isLetter);
  }

  private static boolean isHan(int c) {
    return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
  }
}
