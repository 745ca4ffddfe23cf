package io.servicelake.jobs.config;

/** The engine. */
@Section(value = "spark", meaning = "The engine.")
public record SparkSettings(
    @Setting(by = "\"local[*]\"", meaning = "Spark master: local[N] or spark://host:port.")
        String master,
    @Setting(
            by = "small",
            oneOf = {"small", "large"},
            meaning =
                "small: up to some million rows on one machine; large: adaptive, no limit of partitions.")
        String profile,
    @Setting(
            by = "2",
            unit = "partitions",
            min = 1,
            meaning = "Partitions of a shuffle; about the number of cores, more for large lakes.")
        int shufflePartitions) {}
