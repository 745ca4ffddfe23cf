package io.servicelake.jobs.serve;

import java.util.List;
import java.util.Map;

/**
 * What a publish did.
 *
 * @param releaseNo the release readers see now
 * @param isNew false if nothing had changed and the release before stays
 * @param loadedRows rows written, by id of each table that was written
 * @param keptTables ids of tables whose content was there already
 * @param missingRoles readers' roles the database does not have, so that nothing was granted to
 *     them
 */
public record Publication(
    long releaseNo,
    boolean isNew,
    Map<String, Long> loadedRows,
    List<String> keptTables,
    List<String> missingRoles) {}
