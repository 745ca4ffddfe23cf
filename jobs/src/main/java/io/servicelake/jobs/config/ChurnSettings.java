package io.servicelake.jobs.config;

/** Who counts as lost. */
@Section(value = "churn", meaning = "Who counts as lost.")
public record ChurnSettings(
    @Setting(
            by = "180",
            unit = "days",
            min = 30,
            max = 730,
            meaning = "No visit within so many days is the label.")
        int horizonDays,
    @Setting(
            by = "365",
            unit = "days",
            min = 30,
            max = 1095,
            meaning = "Second horizon, reported only.")
        int longHorizonDays,
    @Setting(
            by = "24",
            unit = "months",
            min = 6,
            max = 60,
            meaning = "Scored: persons with a visit in so many months.")
        int activeMonths) {}
