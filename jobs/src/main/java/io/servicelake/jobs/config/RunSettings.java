package io.servicelake.jobs.config;

/** How a run goes about its steps. */
@Section(value = "run", meaning = "How a run goes about its steps.")
public record RunSettings(
    @Setting(
            by = "2",
            unit = "steps",
            min = 1,
            max = 64,
            meaning = "Steps that may run at a time if neither needs the other.")
        int parallelSteps,
    @Setting(
            by = "false",
            meaning = "Wait for another run to end instead of giving up (also: run --wait).")
        boolean waitForLock,
    @Setting(
            by = "120",
            unit = "seconds",
            min = 5,
            meaning =
                "A lock not renewed for so long belongs to a run that died on another machine.")
        int leaseSeconds,
    @Setting(
            by = "200000",
            unit = "rows",
            min = 0,
            meaning =
                "Tables below this size are computed whole, which is faster than by touched keys.")
        long incrementalFromRows,
    @Setting(
            by = "0.3",
            unit = "share",
            min = 0,
            max = 1,
            meaning =
                "Where changes touch more than this share of a table's keys it is computed whole.")
        double incrementalMaxShare) {}
