package io.servicelake.jobs.config;

/** Core customers and behaviour clusters. */
@Section(value = "segments", meaning = "Core customers and behaviour clusters.")
public record SegmentSettings(
    @Setting(
            by = "0.6",
            unit = "share",
            min = 0,
            max = 1,
            meaning = "Core score from which a customer is core.")
        double coreCut,
    @Setting(
            by = "5",
            unit = "clusters",
            min = 2,
            max = 20,
            meaning = "Number of behaviour clusters.")
        int clusters) {}
