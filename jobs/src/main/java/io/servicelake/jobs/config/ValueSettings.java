package io.servicelake.jobs.config;

/** What customers are worth. */
@Section(value = "value", meaning = "What customers are worth.")
public record ValueSettings(
    @Setting(
            by = "0.4",
            unit = "share",
            min = 0,
            max = 1,
            meaning =
                "Gross margin of what customers pay themselves; assumed, take it from your books.")
        double marginShare,
    @Setting(
            by = "0.1",
            unit = "share",
            min = 0,
            max = 1,
            meaning = "Yearly discount: a margin in a year is worth 1 / 1.1 of one today.")
        double yearlyDiscountRate) {}
