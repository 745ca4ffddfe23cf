package io.servicelake.jobs.config;

/** Reading of source files. */
@Section(value = "ingest", meaning = "Reading of source files.")
public record IngestSettings(
    @Setting(
            by = "conf/sources/demo",
            meaning =
                "Folder of the mapping files, one for each feed; from the product's folder if relative.")
        String sources,
    @Setting(
            by = ".servicelake/exports",
            meaning =
                "Folder the files of the sources lie in: from the product's folder if relative, or a Hadoop URI.")
        String folder,
    @Setting(
            by = "0.05",
            unit = "share",
            min = 0,
            max = 1,
            meaning = "Rejected rows among rows read above which a run ends with status 3.")
        double maxRejectShare) {}
