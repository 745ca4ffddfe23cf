package io.servicelake.jobs.config;

/** The dashboards. */
@Section(value = "bi", meaning = "The dashboards.")
public record BiSettings(
    @Setting(by = "18088", min = 1, max = 65535, meaning = "Port of Superset on 127.0.0.1.")
        int port) {}
