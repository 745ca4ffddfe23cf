package io.servicelake.jobs.config;

import java.util.Optional;

/** The database that dashboards read. */
@Section(
    value = "serving",
    meaning =
        "The database that dashboards read: one of our own, or any PostgreSQL by url. User and password of the latter come from SERVICELAKE_SERVING_USER and SERVICELAKE_SERVING_PASSWORD.")
public record ServingSettings(
    @Setting(by = "15432", min = 1, max = 65535, meaning = "Port of our own database on 127.0.0.1.")
        int port,
    @Setting(meaning = "jdbc:postgresql://host:port/database of another server; none: our own.")
        Optional<String> url) {}
