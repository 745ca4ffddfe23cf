package io.servicelake.jobs.quality;

import io.servicelake.contract.expect.Expectation;
import io.servicelake.contract.expect.Rule;
import io.servicelake.jobs.config.QualitySettings;
import io.servicelake.jobs.quality.CheckBook.Finding;
import io.servicelake.transform.quality.Drift;
import io.servicelake.transform.quality.UsualVolume;
import java.util.Locale;

/** Turns what was measured into findings by the limits and the settings. */
final class Judge {
  /** Fewer rows than these tell nothing of a distribution. */
  private static final long LEAST_ROWS = 200;

  /** Fewer rows a week than these come and go by chance. */
  private static final double LEAST_USUAL = 10;

  private final QualitySettings settings;

  Judge(QualitySettings settings) {
    this.settings = settings;
  }

  Finding rows(Expectation expectation, long checked, long broken, String scope) {
    if (checked == 0) {
      return notTested(expectation, 0, scope, "no rows");
    }
    double share = Math.round(1e6 * broken / checked) / 1e6;
    // A share too small to show is still a breach where none is allowed.
    double measured = broken > 0 ? Math.max(share, 1e-6) : 0;
    return finding(
        expectation,
        measured,
        checked,
        broken,
        scope,
        "%d of %d rows: %s".formatted(broken, checked, words(expectation.rule())));
  }

  Finding lost(Expectation expectation, long before, long now) {
    if (before <= 0 || now < 0) {
      return notTested(expectation, Math.max(0, now), "WHOLE", "no check before");
    }
    double share = Math.max(0, Math.round(1e6 * (before - now) / before) / 1e6);
    return finding(
        expectation,
        share,
        now,
        Math.max(0, before - now),
        "WHOLE",
        "%d rows, %d at the last check".formatted(now, before));
  }

  Finding silent(Expectation expectation, long days, String newest, long checked) {
    return finding(
        expectation,
        days,
        checked,
        0,
        "WHOLE",
        "newest %s, %d days before the as-of day's end".formatted(newest, days));
  }

  Finding volume(Expectation expectation, UsualVolume.Result result, long checked) {
    if (Double.isNaN(result.spreads()) || result.expected() < LEAST_USUAL) {
      return notTested(
          expectation, checked, "WHOLE", "too few weeks or rows to tell what is usual");
    }
    return finding(
        expectation,
        Math.round(Math.abs(result.spreads()) * 100) / 100.0,
        checked,
        0,
        "WHOLE",
        String.format(
            Locale.ROOT,
            "%d rows in the last 7 days, usual %.0f",
            result.actual(),
            result.expected()));
  }

  Finding drift(Expectation expectation, Drift drift, long before, long now) {
    if (Math.min(before, now) < LEAST_ROWS) {
      return notTested(
          expectation,
          before + now,
          "WHOLE",
          "fewer than %d rows to compare".formatted(LEAST_ROWS));
    }
    Expectation fair = expectation.warnAbove(Math.max(expectation.warnAbove(), drift.byChance()));
    return finding(
        fair,
        Math.round(drift.measured() * 10_000) / 10_000.0,
        before + now,
        0,
        "WHOLE",
        String.format(
            Locale.ROOT,
            "last 91 days (%d rows) against the year before (%d rows); by chance up to %.4f",
            now,
            before,
            drift.byChance()));
  }

  private Finding finding(
      Expectation expectation,
      double measured,
      long checked,
      long broken,
      String scope,
      String detail) {
    String outcome = "PASSED";
    if (measured > expectation.stopAbove() && settings.stop()) {
      outcome = "STOPPED";
    } else if (measured > expectation.warnAbove()) {
      outcome = "WARNED";
    }
    if (!outcome.equals("PASSED") && settings.accepted().contains(expectation.id())) {
      outcome = "ACCEPTED";
    }
    return new Finding(
        expectation.name(),
        outcome,
        measured,
        expectation.warnAbove(),
        stopAbove(expectation),
        checked,
        broken,
        scope,
        detail);
  }

  Finding notTested(Expectation expectation, long checked, String scope, String why) {
    return new Finding(
        expectation.name(),
        "NOT_TESTED",
        null,
        expectation.warnAbove(),
        stopAbove(expectation),
        checked,
        0,
        scope,
        why);
  }

  private static Double stopAbove(Expectation expectation) {
    return Double.isInfinite(expectation.stopAbove()) ? null : expectation.stopAbove();
  }

  private static String words(Rule rule) {
    if (rule instanceof Rule.Holds holds) {
      return holds.words();
    } else if (rule instanceof Rule.Known known) {
      return "%s is not in %s".formatted(known.field().name(), known.parent().id());
    } else if (rule instanceof Rule.NotAhead ahead) {
      return "%s lies ahead of the as-of day".formatted(ahead.at().name());
    }
    return "share a key with another row";
  }
}
