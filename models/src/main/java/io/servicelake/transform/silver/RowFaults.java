package io.servicelake.transform.silver;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Field;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.bronze.SourceRows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** What can be wrong with a row that is meant for a table, and how it is told. */
final class RowFaults {
  private static final int QUOTED_CHARACTERS = 60;

  /** For clocks and zones of file systems that differ from the source's. */
  private static final String STAMP_SLACK = "INTERVAL 1 DAY";

  /**
   * Something that can be wrong with a row.
   *
   * @param condition true if it is
   * @param codeColumn payload key that holds the reason code; empty for {@code code}
   * @param quoted payload key of the value to quote between before and after; empty for none
   */
  private record Fault(
      Column condition,
      String code,
      String codeColumn,
      String before,
      String quoted,
      String after) {}

  private final List<Fault> faults;

  RowFaults(TargetMapping mapping) {
    this.faults = all(mapping);
  }

  /** Numbers of the faults a row has, from 1, in order; empty for none. */
  Column numbers() {
    Column[] found = new Column[faults.size() - 1];
    for (int i = 1; i < faults.size(); i++) {
      found[i - 1] = when(faults.get(i).condition(), lit(i + 1));
    }
    return when(faults.get(0).condition(), array(lit(1))).otherwise(array_compact(array(found)));
  }

  /**
   * Reason code of the first fault.
   *
   * @param errors from {@link #numbers}
   * @param cells payload as a map
   */
  Column code(Column errors, Column cells) {
    return coalesce(
        element_at(cells, pick(Fault::codeColumn, element_at(errors, 1))),
        pick(Fault::code, element_at(errors, 1)));
  }

  /** All faults in words. */
  Column reason(Column errors, Column cells) {
    return array_join(
        transform(
            errors,
            error ->
                concat(
                    pick(Fault::before, error),
                    coalesce(
                        substring(
                            element_at(cells, pick(Fault::quoted, error)), 1, QUOTED_CHARACTERS),
                        lit("")),
                    pick(Fault::after, error))),
        " ");
  }

  private Column pick(Function<Fault, String> part, Column error) {
    return element_at(
        array(faults.stream().map(fault -> lit(part.apply(fault))).toArray(Column[]::new)), error);
  }

  /** Everything that can be wrong with a row; the first makes the others moot. */
  private static List<Fault> all(TargetMapping mapping) {
    List<Fault> faults = new ArrayList<>();
    faults.add(
        new Fault(
            col(TypeRows.RAW).getField(TypeRows.FAULT_CODE).isNotNull(),
            "BAD_ROW",
            TypeRows.FAULT_CODE,
            "",
            TypeRows.FAULT,
            ""));
    mapping.columns().forEach(rule -> faults.addAll(faults(rule, mapping)));
    if (!mapping.requireAny().isEmpty()) {
      List<String> names = mapping.requireAny().stream().map(Field::name).toList();
      Column[] any = mapping.requireAny().stream().map(Field::col).toArray(Column[]::new);
      faults.add(
          new Fault(
              coalesce(any).isNull(),
              "MISSING_VALUE",
              "",
              String.join(", ", names) + ": none has a value.",
              "",
              ""));
    }
    return faults;
  }

  private static List<Fault> faults(ColumnRule rule, TargetMapping mapping) {
    List<Fault> faults = new ArrayList<>();
    Field field = rule.field();
    boolean isOfFields = rule.from() instanceof ColumnRule.OfFields;
    Column text = isOfFields ? field.col() : col(TypeRows.TEXT + field.name());
    String columns = String.join(", ", rule.rawColumns());
    boolean isPersonal = rule.rawColumns().stream().anyMatch(mapping.personal()::contains);
    boolean isQuoted = !isPersonal && rule.from() instanceof ColumnRule.Raw;
    String before =
        "%s: %s is '%s".formatted(field.name(), columns, isQuoted || isOfFields ? "" : "***");
    String quoted = isQuoted ? rule.rawColumns().get(0) : "";
    if (!isOfFields && !rule.isNullOnFault()) {
      for (String raw : rule.rawColumns()) {
        if (mapping.personal().contains(raw)) {
          faults.add(
              new Fault(
                  col(TypeRows.RAW).getField(raw + TypeRows.FAULT_SUFFIX).isNotNull(),
                  "OUT_OF_RANGE",
                  raw + TypeRows.FAULT_SUFFIX,
                  "%s: %s is '***', no valid value.".formatted(field.name(), raw),
                  "",
                  ""));
        }
      }
      if (canFail(rule)) {
        faults.add(
            new Fault(
                text.isNotNull().and(field.col().isNull()),
                faultCode(rule),
                "",
                before,
                quoted,
                "', expected %s.".formatted(expected(rule, mapping.reading()))));
      }
    }
    if (field.equals(Versioned.KNOWN_AT) && !isOfFields) {
      faults.add(
          new Fault(
              field.col().gt(col(TypeRows.metaName(SourceRows.CHANGED_AT)).plus(expr(STAMP_SLACK))),
              "FUTURE_STAMP",
              "",
              before,
              quoted,
              "', more than a day after the file was changed."));
    }
    if (!field.isNullable()) {
      boolean isKey = mapping.table().key().contains(field);
      faults.add(
          new Fault(
              rule.isNullOnFault() || isOfFields || !canFail(rule)
                  ? field.col().isNull()
                  : field.col().isNull().and(text.isNull()),
              isKey ? "MISSING_KEY" : "MISSING_VALUE",
              "",
              "%s: no value%s.".formatted(field.name(), columns.isEmpty() ? "" : " in " + columns),
              "",
              ""));
    }
    rule.min()
        .ifPresent(
            min ->
                faults.add(
                    new Fault(
                        field.col().lt(lit(min)),
                        "OUT_OF_RANGE",
                        "",
                        before,
                        quoted,
                        "', expected at least %s.".formatted(min))));
    rule.max()
        .ifPresent(
            max ->
                faults.add(
                    new Fault(
                        field.col().gt(lit(max)),
                        "OUT_OF_RANGE",
                        "",
                        before,
                        quoted,
                        "', expected at most %s.".formatted(max))));
    return faults;
  }

  /** False if every text is a value. */
  private static boolean canFail(ColumnRule rule) {
    boolean isText = rule.field().type().equals(DataTypes.StringType);
    boolean isExpression = rule.from() instanceof ColumnRule.Expression;
    return !isText || isExpression || !rule.codes().isEmpty() && rule.other().isEmpty();
  }

  private static String faultCode(ColumnRule rule) {
    DataType type = rule.field().type();
    if (!rule.codes().isEmpty() || type.equals(DataTypes.BooleanType)) {
      return "UNKNOWN_CODE";
    }
    if (type.equals(DataTypes.DateType) || type.equals(DataTypes.TimestampType)) {
      return "BAD_DATE";
    }
    return CellValues.isNumber(type) ? "BAD_NUMBER" : "BAD_ROW";
  }

  private static String expected(ColumnRule rule, Reading reading) {
    if (!rule.codes().isEmpty()) {
      return "one of " + String.join(", ", rule.codes().keySet());
    }
    DataType type = rule.field().type();
    if (type.equals(DataTypes.BooleanType)) {
      return "是, 否, yes, no, true, false, 1 or 0";
    }
    if (type.equals(DataTypes.DateType) || type.equals(DataTypes.TimestampType)) {
      return String.join(" or ", rule.patterns().isEmpty() ? reading.patterns() : rule.patterns());
    }
    boolean isMoney = rule.unit().filter(CellValues::isMoney).isPresent();
    return isMoney
        ? "an amount with at most the decimals of the currency"
        : type.equals(DataTypes.IntegerType) || type.equals(DataTypes.LongType)
            ? "a whole number"
            : "a number";
  }
}
