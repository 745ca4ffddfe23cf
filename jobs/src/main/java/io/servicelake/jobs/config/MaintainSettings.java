package io.servicelake.jobs.config;

/** Cleaning of the lake. */
@Section(value = "maintain", meaning = "Cleaning of the lake by 'servicelake maintain'.")
public record MaintainSettings(
    @Setting(
            by = "30",
            unit = "days",
            min = 7,
            max = 3650,
            meaning =
                "Versions of tables younger than this can be read: by diff, and by a run that was killed.")
        int retentionDays,
    @Setting(
            by = "20",
            unit = "files",
            min = 2,
            meaning = "Tables of so many files and more are brought together into fewer.")
        int compactFromFiles) {}
