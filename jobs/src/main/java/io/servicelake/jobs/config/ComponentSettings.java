package io.servicelake.jobs.config;

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
    @Setting(by = "20260101", meaning = "Seed of everything drawn at random.") long seed) {}
