package io.servicelake.jobs.config;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Reading of source files. */
@Section(value = "ingest", meaning = "Reading of source files.")
public record IngestSettings(
    @Setting(
            by = "conf/sources/demo",
            meaning =
                "Folder of the mapping files, one for each feed; from the product's folder if relative. Several with commas between.")
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
            meaning =
                "Rejected rows among rows read above which a run ends with status 3; likewise the refused among the calls of winback import.")
        double maxRejectShare) {

  /**
   * The folders of the mapping files.
   *
   * @param resolve makes a path of the configuration absolute
   */
  public List<Path> mappingFolders(UnaryOperator<String> resolve) {
    return Stream.of(sources.split(",")).map(String::strip).map(resolve).map(Path::of).toList();
  }
}
