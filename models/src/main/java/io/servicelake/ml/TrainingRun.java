package io.servicelake.ml;

import java.time.LocalDate;
import java.util.Map;

/**
 * What a training is told about its run.
 *
 * @param asOf as-of day of the run; training takes the last month end on or before it
 * @param seed seed of every draw
 * @param codeVersion version of the code that trains
 * @param inputVersions table id and version of every input
 */
public record TrainingRun(
    LocalDate asOf, long seed, String codeVersion, Map<String, Long> inputVersions) {}
