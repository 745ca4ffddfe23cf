package io.servicelake.jobs.config;

/** Core customers and behaviour clusters. */
@Section(value = "segments", meaning = "Core customers and behaviour clusters.")
public record SegmentSettings(
    @Setting(
            by = "70",
            unit = "points of 100",
            min = 0,
            max = 100,
            meaning = "Core score from which a customer is core.")
        int coreCut,
    @Setting(
            by = "6",
            unit = "clusters",
            min = 2,
            max = 20,
            meaning = "Number of behaviour clusters.")
        int clusters,
    @Setting(by = "20260101", meaning = "Seed of everything drawn at random.") long seed) {}
