package io.servicelake.jobs.config;

/** How the stream goes about its work. */
@Section(value = "stream", meaning = "How the stream goes about its work.")
public record StreamSettings(
    @Setting(
            by = "5",
            unit = "seconds",
            min = 1,
            meaning = "Shortest time from one batch of messages to the next.")
        int batchSeconds,
    @Setting(
            by = "60",
            unit = "seconds",
            min = 1,
            meaning = "How often silver, gold and the boards follow what came in.")
        int boardSeconds,
    @Setting(
            by = "false",
            meaning =
                "Publish to PostgreSQL whenever boards changed, so that dashboards follow too.")
        boolean publish,
    @Setting(
            by = "19404",
            min = 0,
            max = 65535,
            meaning = "Port of the Prometheus endpoint on 127.0.0.1; 0: none.")
        int metricsPort,
    @Setting(
            by = "4",
            unit = "hours",
            min = 0,
            meaning = "How long before a limit of its clock a complaint is alerted.")
        double clockAlertHours,
    @Setting(
            by = "60",
            unit = "minutes",
            min = 1,
            meaning = "A feed without a message for so long is alerted as silent.")
        int silentMinutes,
    @Setting(
            by = "wall",
            oneOf = {"wall", "data"},
            meaning =
                "What time it is for alerts on complaints: the wall clock's, or that of the newest entry (replays).")
        String clock) {}
