package io.servicelake.jobs.bi;

import io.servicelake.contract.Field;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.kpi.VisitKpis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Customers at risk, what they are offered, and why some are held back; all of the as-of day. */
final class WinbackData {
  static final String CUSTOMERS = "people_at_risk";
  static final String TO_CONTACT = "people_to_contact";
  static final String SPEND_AT_RISK = "spend_at_risk";
  static final String EXPECTED_GAIN = "expected_gain";
  static final String GAIN_PER_CUSTOMER = "expected_gain_per_customer";
  static final String DISCOUNT = "mean_discount";

  private static final Map<String, Labels> REASONS =
      Labels.byCode(
          "PRICE", new Labels("Price", "价格"),
          "EXPERIENCE", new Labels("Experience", "体验"),
          "COMPLAINT", new Labels("Complaint", "投诉"),
          "DISTANCE", new Labels("Distance", "距离"),
          "WARRANTY_ENDED", new Labels("Warranty ended", "保修到期"),
          "OVERDUE", new Labels("Overdue", "超期未到店"),
          "VEHICLE_AGE", new Labels("Vehicle age", "车龄"),
          "HABIT", new Labels("Habit", "到店习惯"));

  private static final Map<String, Labels> STATES =
      Labels.byCode(
          "OPEN", new Labels("To call", "待联系"),
          "CALL_AGAIN", new Labels("To call again", "再联系"),
          "CALLED", new Labels("Called", "已联系"),
          "VISITED", new Labels("Came since", "已到店"));

  private static final Map<String, Labels> HOLD_REASONS =
      Labels.byCode(
          "EXITED", new Labels("no vehicle left", "车辆已处置"),
          "NO_CONSENT", new Labels("no consent", "未同意联系"),
          "NO_PHONE", new Labels("no right number", "无有效号码"),
          "OPEN_COMPLAINT", new Labels("open complaint", "投诉未结"),
          "CONTACT_CAP", new Labels("contacted enough", "联系已达上限"),
          "IN_CAMPAIGN", new Labels("in a campaign", "活动观察中"),
          "NO_OFFER", new Labels("no offer fits", "无适用方案"),
          "NO_GAIN", new Labels("costs more than it brings", "预期收益不足"),
          "OFFER_CAP", new Labels("offer used up", "方案名额已满"),
          "CAPACITY", new Labels("no call left", "联系产能已满"),
          "BUDGET", new Labels("no budget left", "预算已用完"),
          "WINDOW_OVER", new Labels("campaign over", "活动已结束"));

  private static final Map<String, Labels> TASKS =
      Labels.byCode(
          "MAKE_OFFER", new Labels("Make the offer", "提供方案"),
          "SETTLE_COMPLAINT", new Labels("Settle the complaint", "处理投诉"));

  private static final Map<String, Labels> MARGIN_BASES =
      Labels.byCode(
          "MODEL", new Labels("Model", "模型"),
          "OWN_PAY_24M", new Labels("Own pay of 24 months", "近24个月自费"));

  private static final Map<String, Labels> CALLERS =
      Labels.byCode(
          "ADVISOR", new Labels("Advisor", "服务顾问"),
          "CALLER", new Labels("Caller", "客服"),
          "MANAGER", new Labels("Manager", "经理"),
          "PROGRAM", new Labels("Program", "系统"));

  static final DerivedColumn REASON = DerivedColumn.wordsFor(WinbackList.REASON_CODE_1, REASONS);
  static final DerivedColumn CALLER = DerivedColumn.wordsFor(WinbackList.CALLER_ROLE, CALLERS);
  static final DerivedColumn TASK = DerivedColumn.wordsFor(WinbackList.TASK, TASKS);
  static final DerivedColumn MARGIN_BASIS =
      DerivedColumn.wordsFor(WinbackList.MARGIN_BASIS, MARGIN_BASES);
  static final DerivedColumn STATE = DerivedColumn.wordsFor(WinbackList.STATE, STATES);

  static final DerivedColumn OFFER =
      DerivedColumn.bothLanguages(
          "offer_words",
          WinbackList.OFFER_LABEL_EN,
          WinbackList.OFFER_LABEL_ZH,
          Labels.of(WinbackList.OFFER_CODE));

  static final DerivedColumn EVIDENCE =
      DerivedColumn.bothLanguages(
          "evidence_words",
          WinbackList.EVIDENCE_EN,
          WinbackList.EVIDENCE_ZH,
          new Labels("Evidence", "依据"));

  /** Reason of who is held back, also one without words; state of the others. */
  static final DerivedColumn STANDING =
      new DerivedColumn(
          "standing_words",
          "TEXT",
          DerivedColumn.cases(
              WinbackList.HOLD_REASON,
              held(),
              "COALESCE(%s, %s)"
                  .formatted(
                      WinbackList.HOLD_REASON.name(),
                      DerivedColumn.cases(WinbackList.STATE, STATES))),
          new Labels("Standing", "处理情况"),
          "What becomes of the candidate: called or to be called, or held back and why.");

  static final String MAKE_OFFER = "MAKE_OFFER";

  private static final String IS_TO_CONTACT =
      "%s = '%s'".formatted(WinbackList.TASK.name(), MAKE_OFFER);

  static final BoardDataset DATASET =
      new BoardDataset(
          WinbackList.TABLE,
          Optional.empty(),
          List.of(REASON, CALLER, TASK, MARGIN_BASIS, STATE, OFFER, EVIDENCE, STANDING),
          List.of(
              Metric.counted(
                  CUSTOMERS,
                  "COUNT(*)",
                  new Labels("Customers at risk", "流失风险客户"),
                  "People on the win-back list."),
              Metric.counted(
                  TO_CONTACT,
                  "COUNT(*) FILTER (WHERE %s)".formatted(IS_TO_CONTACT),
                  new Labels("To be contacted", "待联系"),
                  "People to whom an offer is still to be made: not called yet, not back, and nothing stands against it."),
              Metric.sum(
                      SPEND_AT_RISK,
                      WinbackList.SPEND_AT_RISK_AMOUNT,
                      Labels.of(WinbackList.SPEND_AT_RISK_AMOUNT),
                      WinbackList.SPEND_AT_RISK_AMOUNT.meaning(),
                      Metric.AMOUNT)
                  .inCurrencyOf(VisitKpis.REVENUE_PER_ORDER),
              ofThoseToContact(
                  EXPECTED_GAIN,
                  "SUM",
                  Labels.of(WinbackList.EXPECTED_GAIN_AMOUNT),
                  WinbackList.EXPECTED_GAIN_AMOUNT),
              ofThoseToContact(
                  GAIN_PER_CUSTOMER,
                  "AVG",
                  new Labels("Gain per customer", "人均预期收益"),
                  WinbackList.EXPECTED_GAIN_AMOUNT),
              ofThoseToContact(
                  DISCOUNT,
                  "AVG",
                  Labels.of(WinbackList.DISCOUNT_AMOUNT),
                  WinbackList.DISCOUNT_AMOUNT)));

  private WinbackData() {}

  private static Metric ofThoseToContact(
      String name, String aggregate, Labels labels, Field column) {
    return Metric.money(
        name,
        "%s(%s) FILTER (WHERE %s)".formatted(aggregate, column.name(), IS_TO_CONTACT),
        labels,
        column.meaning() + " Of those to be contacted.");
  }

  private static Map<String, Labels> held() {
    Map<String, Labels> held = new LinkedHashMap<>();
    HOLD_REASONS.forEach(
        (code, reason) -> held.put(code, new Labels("Held: " + reason.en(), "暂缓:" + reason.zh())));
    return held;
  }
}
