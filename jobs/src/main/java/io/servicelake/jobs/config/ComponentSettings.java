package io.servicelake.jobs.config;

import java.util.List;

/** Risk of components. */
@Section(value = "components", meaning = "Risk of components.")
public record ComponentSettings(
    @Setting(
            by = "90",
            unit = "days",
            min = 14,
            max = 365,
            meaning = "Failure within so many days is the label.")
        int horizonDays,
    @Setting(
            by =
                "[BRAKE_PAD, BATTERY_12V, TYRE, SUSPENSION, AC, ENGINE, TRANSMISSION, ELECTRICAL, COOLING, STEERING, WIPER, HV_BATTERY]",
            meaning = "Codes of the components whose repairs are predicted.")
        List<String> watched) {}
