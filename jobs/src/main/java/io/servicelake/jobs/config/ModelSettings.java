package io.servicelake.jobs.config;

/** What the features and models are computed with. */
@Section(value = "models", meaning = "Features and models.")
public record ModelSettings(
    @Setting(by = "20260101", meaning = "Seed of every draw.") long seed,
    @Setting(
            by = "28",
            unit = "months",
            min = 1,
            max = 120,
            meaning = "Month ends for which full snapshots of customers and vehicles are kept.")
        int snapshotMonths,
    @Setting(
            by = "12",
            unit = "months",
            min = 1,
            max = 120,
            meaning = "Month ends for which full component snapshots are kept.")
        int componentMonths,
    @Setting(
            by = "2",
            unit = "months",
            min = 1,
            max = 120,
            meaning = "Month ends for which full technician snapshots are kept.")
        int technicianMonths) {}
