package io.servicelake.jobs.simulate;

import io.servicelake.jobs.simulate.FaultLedger.Kind;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Wrong states and lines that the dealer's own later rows take back: late corrections, reopened
 * orders, reversed lines. Stamps move within a day only.
 */
final class Revisions {
  private final FaultLedger ledger;

  Revisions(FaultLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * The wrong row stands in the sheet, saved earlier on the same day; the right one is returned.
   */
  Sheet correctLate(Sheet sheet, Draws draws) {
    Sheet corrections = sheet.beside("corrections");
    for (int i = 0; i < sheet.rows.size(); i++) {
      if (draws.chance(0.005) && !ledger.isTaken(sheet.rows.get(i))) {
        correctLate(sheet, i, corrections, draws);
      }
    }
    return corrections;
  }

  private void correctLate(Sheet sheet, int index, Sheet corrections, Draws draws) {
    String[] right = sheet.rows.get(index);
    String[] wrong = right.clone();
    int stamp = wrong.length - 1;
    LocalDateTime saved = LocalDateTime.parse(right[stamp], Dates.A);
    LocalDateTime before = saved.minusMinutes(10 + draws.below(120));
    if (!before.toLocalDate().equals(saved.toLocalDate())) {
      return;
    }
    wrong[stamp] = before.format(Dates.A);
    if (sheet.table == Table.REPAIR_ORDERS) {
      int promised = sheet.table.column("期望交车时间");
      LocalDateTime at = LocalDateTime.parse(right[promised], Dates.B);
      wrong[promised] = at.plusHours(draws.chance(0.5) ? 24 : -1).format(Dates.B);
    } else {
      int net = sheet.table.column("金额");
      wrong[net] = right[net].equals("0.00") ? "10.00" : right[net].replace(".", "0.");
    }
    sheet.rows.set(index, wrong);
    corrections.rows.add(right);
    ledger.add(Kind.LATE_CORRECTION, sheet, wrong, sheet.key(wrong));
  }

  /** Orders delivered, opened again and delivered, all on the day of their last state. */
  void reopen(Sheet sheet, Draws draws) {
    int stamp = sheet.table.column("最后修改时间");
    int status = sheet.table.column("状态");
    int received = sheet.table.column("进厂时间");
    int completed = sheet.table.column("完工时间");
    int delivered = sheet.table.column("交车时间");
    List<String[]> rows = new ArrayList<>();
    for (String[] row : sheet.rows) {
      boolean isDrawn = draws.chance(0.005);
      int firstMinutes = 60 + draws.below(120);
      int againMinutes = 10 + draws.below(40);
      if (isDrawn && !ledger.isTaken(row) && row[status].equals("已交车")) {
        LocalDateTime saved = LocalDateTime.parse(row[stamp], Dates.A);
        LocalDateTime first = saved.minusMinutes(firstMinutes);
        boolean isPossible =
            first.toLocalDate().equals(saved.toLocalDate())
                && first.isAfter(LocalDateTime.parse(row[received], Dates.B));
        if (isPossible) {
          String[] done = row.clone();
          done[stamp] = first.format(Dates.A);
          done[delivered] = first.format(Dates.B);
          done[completed] =
              row[completed].compareTo(done[delivered]) < 0 ? row[completed] : done[delivered];
          String[] open = row.clone();
          open[stamp] = saved.minusMinutes(againMinutes).format(Dates.A);
          open[status] = "在修";
          open[completed] = "";
          open[delivered] = "";
          for (String[] state : List.of(done, open)) {
            rows.add(state);
            ledger.add(Kind.REOPENED, sheet, state, sheet.key(state));
          }
          ledger.keep(row);
        }
      }
      rows.add(row);
    }
    sheet.rows.clear();
    sheet.rows.addAll(rows);
  }

  /** A consumable charged by mistake on a maintenance order, and its reversal. */
  void reverse(Sheet sheet, Draws draws) {
    int order = sheet.table.column("工单号");
    int job = sheet.table.column("作业类型");
    int declined = sheet.table.column("是否拒修");
    List<String[]> rows = new ArrayList<>();
    String[] maintenance = null;
    for (int i = 0; i < sheet.rows.size(); i++) {
      String[] row = sheet.rows.get(i);
      rows.add(row);
      if (row[job].equals("保养") && row[declined].equals("否") && !ledger.isTaken(row)) {
        maintenance = row;
      }
      boolean isLast =
          i + 1 == sheet.rows.size() || !sheet.rows.get(i + 1)[order].equals(row[order]);
      if (isLast) {
        if (draws.chance(0.005) && maintenance != null) {
          reverse(sheet, maintenance, row, rows, 500 + draws.below(20_000));
        }
        maintenance = null;
      }
    }
    sheet.rows.clear();
    sheet.rows.addAll(rows);
  }

  private void reverse(
      Sheet sheet, String[] maintenance, String[] last, List<String[]> rows, int fen) {
    int line = sheet.table.column("行号");
    int number = Integer.parseInt(last[line]);
    for (int sign = 1; sign >= -1; sign -= 2) {
      String[] row = maintenance.clone();
      for (String header : List.of("项目代码", "部件代码", "配件号", "技师工号", "定额工时", "实际工时", "成本", "正厂件")) {
        row[sheet.table.column(header)] = "";
      }
      row[line] = Integer.toString(++number);
      row[sheet.table.column("行类型")] = Line.CONSUMABLE;
      row[sheet.table.column("数量")] = Integer.toString(sign);
      row[sheet.table.column("金额")] = Money.yuan((long) sign * fen);
      row[sheet.table.column("客户自带件")] = "否";
      rows.add(row);
      ledger.add(Kind.REVERSED_LINE, sheet, row, sheet.key(row));
    }
  }
}
