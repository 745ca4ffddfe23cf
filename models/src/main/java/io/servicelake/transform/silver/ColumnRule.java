package io.servicelake.transform.silver;

import io.servicelake.contract.Field;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one column of a silver table is made from the raw columns of a source.
 *
 * @param field the column
 * @param from where its value comes from
 * @param codes what each text of the source means; empty if texts are taken as they are
 * @param other code of every text that {@code codes} does not name; empty: such a row is refused
 * @param byDefault value where the source has none
 * @param patterns date patterns of this column; empty: those of the source
 * @param unit unit the source gives the number in
 * @param isRounded whole numbers are rounded (half up) instead of refused for their decimals
 * @param min smallest value that is taken
 * @param max largest value that is taken
 * @param isNullOnFault a value that cannot be read becomes null instead of refusing the row
 * @param isUpper text is turned to upper case
 */
public record ColumnRule(
    Field field,
    From from,
    Map<String, String> codes,
    Optional<String> other,
    Optional<String> byDefault,
    List<String> patterns,
    Optional<Unit> unit,
    boolean isRounded,
    Optional<BigDecimal> min,
    Optional<BigDecimal> max,
    boolean isNullOnFault,
    boolean isUpper) {

  /** Where a value comes from. */
  public sealed interface From permits Raw, Constant, Expression, Joined, Hashed, OfFields {
    /** Raw columns it reads. */
    List<String> columns();
  }

  /** The first of some raw columns that has a value. */
  public record Raw(List<String> columns) implements From {}

  /** The same text for every row. */
  public record Constant(String text) implements From {
    @Override
    public List<String> columns() {
      return List.of();
    }
  }

  /** A Spark SQL expression over raw columns, which are texts. */
  public record Expression(String sql, List<String> columns) implements From {}

  /** Raw columns put together; no value if one of them has none. */
  public record Joined(List<String> columns, String by) implements From {}

  /** A key made of raw columns where the source has none: equal rows get equal keys. */
  public record Hashed(List<String> columns) implements From {}

  /** The first of some other fields of the table that has a value, later by some hours. */
  public record OfFields(List<Field> fields, double lagHours) implements From {
    @Override
    public List<String> columns() {
      return List.of();
    }
  }

  /** A rule that takes a raw column as it is. */
  public static ColumnRule of(Field field, From from) {
    return new ColumnRule(
        field,
        from,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        false,
        false);
  }

  /** Raw columns the rule reads. */
  public List<String> rawColumns() {
    return from.columns();
  }
}
