package io.servicelake.jobs.ingest;

/**
 * A line of a text file.
 *
 * @param number from 1
 * @param text without its end; empty if it is too long
 * @param end the line break; empty at the end of the file
 * @param isTooLong true if it is longer than a line may be
 */
record TextLine(long number, String text, String end, boolean isTooLong) {}
