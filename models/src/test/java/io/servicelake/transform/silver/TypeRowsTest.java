package io.servicelake.transform.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.Field;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.contract.silver.RepairOrders;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class TypeRowsTest {
  private static final Reading SHANGHAI =
      new Reading(
          ZoneId.of("Asia/Shanghai"),
          List.of("-"),
          List.of("yyyy/MM/dd HH:mm", Reading.EXCEL),
          ".",
          ",");

  private static final TargetMapping ORDERS =
      new TargetMapping(
          "orders",
          RepairOrders.TABLE,
          Optional.of("`kind` is null or `kind` != 'memo'"),
          List.of("kind"),
          List.of(
              ColumnRule.of(
                  RepairOrders.REPAIR_ORDER_ID,
                  new ColumnRule.Joined(List.of("dealer", "number"), ":")),
              ColumnRule.of(RepairOrders.DEALER_ID, raw("dealer")),
              ColumnRule.of(RepairOrders.VEHICLE_ID, raw("vin")),
              coded(RepairOrders.STATUS, "状态", Map.of("已交车", "DELIVERED", "在修", "OPEN")),
              ColumnRule.of(RepairOrders.RECEIVED_AT, raw("进厂时间")),
              ranged(RepairOrders.ODOMETER_KM, "miles", Unit.MILES),
              ranged(RepairOrders.QUOTED_AMOUNT_MINOR, "报价", Unit.MAJOR),
              ColumnRule.of(RepairOrders.CURRENCY, new ColumnRule.Constant("CNY")),
              ColumnRule.of(
                  Versioned.OCCURRED_AT,
                  new ColumnRule.OfFields(List.of(RepairOrders.RECEIVED_AT), 0)),
              ColumnRule.of(
                  Versioned.KNOWN_AT,
                  new ColumnRule.OfFields(List.of(RepairOrders.RECEIVED_AT), 24))),
          List.of(),
          SHANGHAI,
          Set.of("vin"));

  private final TestRows bronze = TestRows.of(SourceRows.TABLE);
  private int line;

  @Test
  void rawTextBecomesTypedColumnsWithZoneUnitsCodesAndLag() {
    row(
        "dealer",
        "SH01",
        "number",
        " 7 ",
        "状态",
        "已交车",
        "进厂时间",
        "2024/03/05 08:30",
        "miles",
        "1,000",
        "报价",
        "1,280.5");

    Row order = TypeRows.candidates(typed(), ORDERS).first();

    assertThat(order.<String>getAs("repair_order_id")).isEqualTo("SH01:7");
    assertThat(order.<String>getAs("status")).isEqualTo("DELIVERED");
    assertThat(order.<Timestamp>getAs("received_at").toInstant())
        .isEqualTo(Instant.parse("2024-03-05T00:30:00Z"));
    assertThat(order.<Timestamp>getAs("known_at").toInstant())
        .isEqualTo(Instant.parse("2024-03-06T00:30:00Z"));
    assertThat(order.<Integer>getAs("odometer_km")).isEqualTo(1609);
    assertThat(order.<Long>getAs("quoted_amount_minor")).isEqualTo(128050L);
    assertThat(order.<String>getAs("currency")).isEqualTo("CNY");
    assertThat(order.<String>getAs("vehicle_id")).isNull();
    assertThat(order.<String>getAs("content_hash")).hasSize(64);
  }

  @Test
  void eachFaultIsToldWithColumnAndValueAndPersonalValuesAreNot() {
    row("dealer", "SH01", "number", "-", "状态", "在修", "进厂时间", "2024/03/05 08:30");
    row("dealer", "SH01", "number", "1", "状态", "坏", "进厂时间", "2024/03/05 08:30");
    row("dealer", "SH01", "number", "2", "状态", "在修", "进厂时间", "5.3.2024", "报价", "1.005");
    row("dealer", "SH01", "number", "3", "状态", "在修", "进厂时间", "2024/03/05 08:30", "miles", "-1");
    row(
        "dealer",
        "SH01",
        "number",
        "4",
        "状态",
        "在修",
        "进厂时间",
        "2024/03/05 08:30",
        "vin.fault",
        "OUT_OF_RANGE");
    row("_fault_code", "BAD_ROW", "_fault", "The record has 5 cells, the header 7.");
    row("dealer", "SH01", "number", "5", "kind", "memo");

    assertThat(reasons())
        .containsExactly(
            "1 MISSING_KEY repair_order_id: no value in dealer, number.",
            "2 UNKNOWN_CODE status: 状态 is '坏', expected one of 已交车, 在修.",
            "3 BAD_DATE received_at: 进厂时间 is '5.3.2024', expected yyyy/MM/dd HH:mm or excel."
                + " quoted_amount_minor: 报价 is '1.005', expected an amount with at most the"
                + " decimals of the currency. occurred_at: no value. known_at: no value.",
            "4 OUT_OF_RANGE odometer_km: miles is '-1', expected at least 0.",
            "5 OUT_OF_RANGE vehicle_id: vin is '***', no valid value.",
            "6 BAD_ROW The record has 5 cells, the header 7.");
    assertThat(TypeRows.candidates(typed(), ORDERS).isEmpty()).isTrue();
  }

  @Test
  void fullWidthDigitsAndSerialNumbersOfExcelAreReadLikeTheOthers() {
    row("dealer", "SH01", "number", "1", "状态", "在修", "进厂时间", "２０２４/０３/０５　０８：３０".replace('　', ' '));
    row("dealer", "SH01", "number", "2", "状态", "在修", "进厂时间", "45356.354166667", "报价", "１２８０．５");
    row("dealer", "SH01", "number", "3", "状态", "在修", "进厂时间", "20240305");

    List<Row> orders =
        TypeRows.candidates(typed(), ORDERS)
            .orderBy(RepairOrders.REPAIR_ORDER_ID.col())
            .collectAsList();

    assertThat(orders)
        .extracting(order -> order.<Timestamp>getAs("received_at").toInstant())
        .containsExactly(
            Instant.parse("2024-03-05T00:30:00Z"), Instant.parse("2024-03-05T00:30:00Z"));
    assertThat(orders.get(1).<Long>getAs("quoted_amount_minor")).isEqualTo(128050L);
    assertThat(reasons().get(0)).contains("is '20240305', expected yyyy/MM/dd HH:mm or excel.");
  }

  @Test
  void aStampMoreThanADayAfterTheFileWasChangedIsRefused() {
    List<ColumnRule> rules = new ArrayList<>(ORDERS.columns());
    rules.removeIf(rule -> rule.field().equals(Versioned.KNOWN_AT));
    rules.add(ColumnRule.of(Versioned.KNOWN_AT, raw("saved")));
    TargetMapping stamped =
        new TargetMapping(
            "orders",
            RepairOrders.TABLE,
            Optional.empty(),
            List.of(),
            rules,
            List.of(),
            SHANGHAI,
            Set.of());
    for (String saved : List.of("2024/03/06 08:00", "2024/03/07 07:59", "2024/03/07 08:01")) {
      row("dealer", "SH01", "number", "1", "状态", "在修", "进厂时间", "2024/03/05 08:30", "saved", saved);
    }
    Dataset<Row> changed =
        bronze
            .build()
            .withColumn(
                SourceRows.CHANGED_AT.name(),
                functions.lit(Timestamp.from(Instant.parse("2024-03-06T00:00:00Z"))));

    List<Row> rejects = TypeRows.rejects(TypeRows.typed(changed, stamped), stamped).collectAsList();

    assertThat(rejects).hasSize(1);
    assertThat(rejects.get(0).<String>getAs("reason_code")).isEqualTo("FUTURE_STAMP");
    assertThat(rejects.get(0).<String>getAs("reason"))
        .isEqualTo(
            "known_at: saved is '2024/03/07 08:01', more than a day after the file was changed.");
  }

  private List<String> reasons() {
    return TypeRows.rejects(typed(), ORDERS)
        .orderBy(Rejects.LINE_NUMBER.col())
        .collectAsList()
        .stream()
        .map(
            row ->
                "%d %s %s"
                    .formatted(
                        row.<Long>getAs("line_number"),
                        row.getAs("reason_code"),
                        row.getAs("reason")))
        .toList();
  }

  private Dataset<Row> typed() {
    return TypeRows.typed(bronze.build(), ORDERS);
  }

  private void row(String... cells) {
    StringBuilder json = new StringBuilder();
    for (int i = 0; i < cells.length; i += 2) {
      json.append(i == 0 ? "{" : ",");
      json.append("\"%s\":\"%s\"".formatted(cells[i], cells[i + 1]));
    }
    bronze.row(
        SourceRows.SOURCE_ID,
        "orders",
        SourceRows.BATCH_NO,
        1L,
        SourceRows.LINE_NUMBER,
        (long) ++line,
        SourceRows.PAYLOAD,
        json + "}");
  }

  private static ColumnRule.From raw(String column) {
    return new ColumnRule.Raw(List.of(column));
  }

  private static ColumnRule coded(Field field, String column, Map<String, String> codes) {
    return new ColumnRule(
        field,
        raw(column),
        new java.util.TreeMap<>(codes).descendingMap(),
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

  private static ColumnRule ranged(Field field, String column, Unit unit) {
    return new ColumnRule(
        field,
        raw(column),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.of(unit),
        false,
        Optional.of(BigDecimal.ZERO),
        Optional.empty(),
        false,
        false);
  }
}
