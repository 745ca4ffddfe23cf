/** Reads, composes, writes: sources, lake, serving, reports and the command line. */
package io.servicelake.jobs;
