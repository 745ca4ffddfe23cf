package io.servicelake.jobs.ingest;

/**
 * One record of a source file.
 *
 * @param line line it starts on, from 1; the row of a sheet
 * @param cells texts by position
 */
record RawRecord(long line, String[] cells) {}
