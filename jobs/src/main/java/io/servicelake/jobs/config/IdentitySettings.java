package io.servicelake.jobs.config;

import java.util.List;

/** When two customer files are one person. */
@Section(value = "identity", meaning = "When two customer files are one person.")
public record IdentitySettings(
    @Setting(
            by = "[[phone, name], [phone, vehicle], [name, vehicle]]",
            meaning = "Rules of evidence: files that agree on all of one rule are linked.")
        List<List<String>> rules,
    @Setting(
            by = "20",
            unit = "files",
            min = 2,
            meaning = "A value shared by more files is no evidence (switchboards, company phones).")
        int maxGroup,
    @Setting(
            by = "5",
            unit = "vehicles",
            min = 1,
            meaning = "A file that holds more vehicles at a time is a fleet.")
        int maxVehicles) {}
