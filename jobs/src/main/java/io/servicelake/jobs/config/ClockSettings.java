package io.servicelake.jobs.config;

/** Deadlines of complaints. */
@Section(value = "clocks", meaning = "Deadlines of complaints.")
public record ClockSettings(
    @Setting(by = "clock-003", meaning = "Profile of conf/clocks that sets the deadlines.")
        String profile) {}
