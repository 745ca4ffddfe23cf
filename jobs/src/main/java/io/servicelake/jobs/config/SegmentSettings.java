package io.servicelake.jobs.config;

/** Core customers, behaviour clusters and tiers by value. */
@Section(value = "segments", meaning = "Core customers, behaviour clusters and tiers by value.")
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
        int clusters,
    @Setting(
            by = "0.5",
            unit = "share",
            min = 0.01,
            max = 1,
            meaning = "Share of all spend of 24 months that customers of tier A make.")
        double tierAShare,
    @Setting(
            by = "0.8",
            unit = "share",
            min = 0.01,
            max = 1,
            meaning = "Share that tiers A and B make together.")
        double tierBShare) {}
