package io.servicelake.transform.silver;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.try_to_timestamp;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/**
 * Texts of cells as values of columns: codes, yes and no, numbers with their unit, dates and times.
 * Full-width digits are read as half-width ones. The zone of the session must be UTC.
 */
final class CellValues {
  private static final DataType EXACT = DataTypes.createDecimalType(38, 9);
  private static final String NUMBER = "^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?$";
  private static final String FULL_WIDTH = "０１２３４５６７８９．，－＋／：";
  private static final String HALF_WIDTH = "0123456789.,-+/:";
  private static final String SERIAL = "^\\d{1,6}(\\.\\d{1,15})?$";
  private static final int EXCEL_DAY_OF_1970 = 25_569;

  /** 1 March 1900: before it Excel counts a day that never was. */
  private static final int FIRST_EXCEL_DAY = 61;

  private CellValues() {}

  /**
   * The value of a cell; null if its text cannot be one.
   *
   * @param text the cell without spaces around it, or what an expression gave
   * @param from type of the text
   */
  static Column value(Column text, DataType from, ColumnRule rule, Reading reading) {
    DataType to = rule.field().type();
    Column value;
    if (!(from instanceof StringType) && !(from instanceof NumericType && isNumber(to))) {
      value = text.try_cast(to);
    } else if (!rule.codes().isEmpty()) {
      value = translated(text, rule).try_cast(to);
    } else if (to.equals(DataTypes.BooleanType)) {
      value = truth(text);
    } else if (to.equals(DataTypes.TimestampType)) {
      value = instant(text, rule, reading);
    } else if (to.equals(DataTypes.DateType)) {
      value = local(text, rule, reading).cast(to);
    } else if (isNumber(to)) {
      value = number(text, from, rule, reading);
    } else {
      value = rule.isUpper() ? upper(text) : text;
    }
    return rule.byDefault().isPresent()
        ? when(text.isNull(), lit(rule.byDefault().get()).cast(to)).otherwise(value)
        : value;
  }

  private static Column translated(Column text, ColumnRule rule) {
    Column code = lit(null).cast(DataTypes.StringType);
    if (rule.other().isPresent()) {
      code = when(text.isNotNull(), lit(rule.other().get()));
    }
    Map<String, List<Object>> textsOf = new LinkedHashMap<>();
    rule.codes().forEach((k, v) -> textsOf.computeIfAbsent(v, c -> new ArrayList<>()).add(k));
    for (Map.Entry<String, List<Object>> entry : textsOf.entrySet()) {
      code = when(text.isin(entry.getValue().toArray()), lit(entry.getKey())).otherwise(code);
    }
    return code;
  }

  private static Column truth(Column text) {
    Column word = upper(text);
    return when(word.isin("是", "Y", "YES", "TRUE", "T", "1"), lit(true))
        .when(word.isin("否", "N", "NO", "FALSE", "F", "0"), lit(false));
  }

  private static Column instant(Column text, ColumnRule rule, Reading reading) {
    return to_utc_timestamp(local(text, rule, reading), reading.zone().getId());
  }

  private static Column local(Column text, ColumnRule rule, Reading reading) {
    List<String> patterns = rule.patterns().isEmpty() ? reading.patterns() : rule.patterns();
    Column plain = plain(text);
    Column[] tries =
        patterns.stream()
            .map(
                pattern ->
                    pattern.equals(Reading.EXCEL) ? serial(plain) : parsed(plain, pattern, reading))
            .toArray(Column[]::new);
    return coalesce(tries);
  }

  /** Local time; a text that names its own zone is brought to that of the source. */
  private static Column parsed(Column text, String pattern, Reading reading) {
    Column time = try_to_timestamp(text, lit(pattern));
    boolean hasZone = pattern.replaceAll("'[^']*'", "").matches(".*[VzOXxZ].*");
    return hasZone ? from_utc_timestamp(time, reading.zone().getId()) : time;
  }

  /** Local time of a serial number of Excel: days since the end of 1899, to the second. */
  private static Column serial(Column text) {
    Column days = when(text.rlike(SERIAL), text.try_cast(EXACT));
    Column seconds = round(days.minus(lit(EXCEL_DAY_OF_1970)).multiply(lit(86_400)), 0);
    return when(
        days.geq(lit(FIRST_EXCEL_DAY)), timestamp_seconds(seconds.cast(DataTypes.LongType)));
  }

  /** Full-width digits and the signs among them as half-width ones. */
  private static Column plain(Column text) {
    return when(octet_length(text).gt(length(text)), translate(text, FULL_WIDTH, HALF_WIDTH))
        .otherwise(text);
  }

  private static Column number(Column text, DataType from, ColumnRule rule, Reading reading) {
    Column exact;
    if (from instanceof StringType) {
      Column digits = plain(text);
      if (!reading.grouping().isEmpty()) {
        digits = regexp_replace(digits, lit(Pattern.quote(reading.grouping())), lit(""));
      }
      if (!reading.decimal().equals(".")) {
        digits = regexp_replace(digits, lit(Pattern.quote(reading.decimal())), lit("."));
      }
      exact = when(digits.rlike(NUMBER), digits.try_cast(EXACT));
    } else {
      exact = text.try_cast(EXACT);
    }
    if (rule.unit().isPresent()) {
      Unit unit = rule.unit().get();
      exact = exact.multiply(lit(unit.factor())).divide(lit(unit.divisor()));
    }
    DataType to = rule.field().type();
    if (to.equals(DataTypes.IntegerType) || to.equals(DataTypes.LongType)) {
      Column whole = round(exact, 0);
      boolean isRounded = rule.isRounded() || rule.unit().filter(u -> !isMoney(u)).isPresent();
      exact = isRounded ? whole : when(exact.equalTo(whole), whole);
    }
    return exact.try_cast(to);
  }

  static boolean isMoney(Unit unit) {
    return unit == Unit.MAJOR || unit == Unit.MINOR;
  }

  static boolean isNumber(DataType type) {
    return type instanceof NumericType || type instanceof DecimalType;
  }
}
