package io.servicelake.jobs.config;

import java.time.ZoneId;

/** The calendar of the dealers. */
@Section(value = "time", meaning = "The calendar of the dealers.")
public record TimeSettings(
    @Setting(by = "Asia/Shanghai", meaning = "Zone in which days begin and dates are meant.")
        ZoneId zone) {}
