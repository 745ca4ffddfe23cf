package io.servicelake.jobs.ingest;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/**
 * The topic of a source, one JSON object a message.
 *
 * @param topic name of the topic
 * @param versions values of {@code schema_version} that are understood; others are refused
 * @param since the version a field came with; fields not named came with the first
 * @param isStrict true if a field that the mapping does not name refuses the message; else it is
 *     passed over
 */
record KafkaTopic(String topic, Set<Integer> versions, Map<String, Integer> since, boolean isStrict)
    implements Serializable {}
