package io.servicelake.jobs.config;

/** Follow-up after delivery. */
@Section(value = "cadence", meaning = "Follow-up after delivery.")
public record CadenceSettings(
    @Setting(by = "cadence-3d-7d", meaning = "Profile of conf/cadence that sets the touches.")
        String profile) {}
