package io.servicelake.jobs.config;

import io.servicelake.jobs.CannotException;
import io.servicelake.transform.decision.Touch.Audience;
import io.servicelake.transform.gold.ComplaintClock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Clocks of complaints and cadences of follow-up: named profiles, one of each in use. */
@Section(
    value = "care",
    meaning =
        "Customer care: the complaint clock and the follow-up cadence in use, and the profiles.")
public record CareSettings(
    @Setting(by = "clock-001", meaning = "Complaint clock in use: a name below clocks.")
        String clock,
    @Setting(by = "cadence-3d-7d", meaning = "Follow-up cadence in use: a name below cadences.")
        String cadence,
    @Setting(
            by =
                """
                {
                  clock-001 { acknowledge_hours = 1, plan_hours = 24, close_hours = 48, major_plan_hours = 48, major_close_hours = 168 }
                  clock-002 { acknowledge_hours = 72, plan_hours = 72, close_hours = 48, major_plan_hours = 72, major_close_hours = 72 }
                  clock-003 { acknowledge_hours = 1, plan_hours = 24, close_hours = 72, major_plan_hours = 24, major_close_hours = 168 }
                }""",
            meaning =
                "Complaint clocks by name, hours after reception, day and night. Where a source document names no"
                    + " limit, the figure is a setting to be agreed: the close limits of clock-002 and clock-003,"
                    + " major_close_hours of all.")
        Map<String, Clock> clocks,
    @Setting(
            by =
                """
                {
                  cadence-24h-7d-30d = [
                    { channel = PHONE, from_days = 0, until_days = 1 }
                    { channel = SMS, from_days = 7, until_days = 8 }
                    { channel = PHONE, from_days = 7, until_days = 10, audiences = [HIGH_VALUE, COMPLEX] }
                    { channel = PHONE, from_days = 30, until_days = 33, audiences = [CORE, COMPLEX] }
                  ]
                  cadence-72h = [{ channel = PHONE, from_days = 0, until_days = 3 }]
                  cadence-3d-7d = [
                    { channel = PHONE, from_days = 3, until_days = 7 }
                    { channel = PHONE, from_days = 11, until_days = 21, audiences = [ALL] }
                  ]
                  cadence-5d = [{ channel = PHONE, from_days = 5, until_days = 5 }]
                }""",
            meaning = "Follow-up cadences by name: touches after delivery, days.")
        Map<String, List<Touch>> cadences,
    @Setting(
            by = "35",
            unit = "days",
            min = 1,
            meaning = "How far back from the as-of day duties are assigned that were not yet.")
        int assignDays,
    @Setting(
            by = "500000",
            unit = "hundredths of the currency",
            min = 0,
            meaning = "Net amount from which a visit is of high value.")
        long highValueAmountMinor) {

  /** The complaint clock in use. */
  public ComplaintClock clockInUse() {
    Clock used = profile(clocks, clock, "care.clock");
    return new ComplaintClock(
        used.acknowledgeHours(),
        used.planHours(),
        used.closeHours(),
        used.majorPlanHours(),
        used.majorCloseHours());
  }

  /** The touches of the cadence in use. */
  public List<io.servicelake.transform.decision.Touch> cadenceInUse() {
    List<Touch> touches = profile(cadences, cadence, "care.cadence");
    return IntStream.range(0, touches.size())
        .mapToObj(
            i ->
                new io.servicelake.transform.decision.Touch(
                    cadence,
                    i + 1,
                    touches.get(i).channel(),
                    touches.get(i).fromDays(),
                    touches.get(i).untilDays(),
                    touches.get(i).audiences().stream().map(Audience::valueOf).toList()))
        .toList();
  }

  private static <T> T profile(Map<String, T> profiles, String name, String key) {
    T profile = profiles.get(name);
    if (profile == null) {
      throw new CannotException(
          "Cannot use %s = %s: there is no such profile; there are %s. A profile in use has to be described. Name one of these or add it."
              .formatted(key, name, profiles.keySet().stream().sorted().toList()));
    }
    return profile;
  }

  /** Limits of a complaint clock, hours after reception. */
  public record Clock(
      @Setting(by = "1", unit = "hours", min = 0, meaning = "First answer.")
          double acknowledgeHours,
      @Setting(by = "24", unit = "hours", min = 0, meaning = "Solution proposed.") double planHours,
      @Setting(by = "48", unit = "hours", min = 0, meaning = "Closed.") double closeHours,
      @Setting(by = "48", unit = "hours", min = 0, meaning = "Solution proposed, major complaints.")
          double majorPlanHours,
      @Setting(by = "168", unit = "hours", min = 0, meaning = "Closed, major complaints.")
          double majorCloseHours) {}

  /** One touch of a cadence. */
  public record Touch(
      @Setting(
              by = "PHONE",
              oneOf = {"PHONE", "SMS", "APP", "LETTER"},
              meaning = "How the customer is contacted.")
          String channel,
      @Setting(by = "3", unit = "days", min = 0, meaning = "First day after delivery.")
          int fromDays,
      @Setting(by = "7", unit = "days", min = 0, meaning = "Last day after delivery.")
          int untilDays,
      @Setting(
              by = "[ALL]",
              oneOf = {"ALL", "HIGH_VALUE", "COMPLEX", "CORE"},
              meaning = "Visits it is made for; one that fits suffices.")
          List<String> audiences) {}
}
