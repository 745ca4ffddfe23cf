package io.servicelake.jobs.config;

/** The report. */
@Section(value = "report", meaning = "The report.")
public record ReportSettings(
    @Setting(
            by = ".servicelake/report.html",
            meaning = "File of the report; from the product's folder if relative.")
        String path) {}
