package io.servicelake.jobs.io;

/**
 * What became of a write.
 *
 * @param isWritten false if the table held this content, or this commit, already
 * @param version version of the table afterwards; -1 if there is no table
 * @param rows rows added, changed or removed
 */
public record Commit(boolean isWritten, long version, long rows) {}
