package io.servicelake.jobs.config;

/** Where the lake lies and how its files are laid out. */
@Section(value = "lake", meaning = "Where the lake lies and how its files are laid out.")
public record LakeSettings(
    @Setting(
            by = ".servicelake/lake",
            meaning =
                "Folder, from the product's folder if relative, or Hadoop URI (hdfs://, s3a://).")
        String path,
    @Setting(
            by = "2",
            unit = "files",
            min = 0,
            meaning =
                "Most files a write makes; 0 for as many as it was computed in (large lakes).")
        int filesPerWrite,
    @Setting(
            by = "300000",
            unit = "rows",
            min = 0,
            meaning =
                "Tables below this size are rewritten rather than merged into, which is faster.")
        long rewriteBelowRows) {}
