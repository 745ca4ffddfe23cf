/** Source files become redacted rows, vault entries and typed versions of facts. */
package io.servicelake.jobs.ingest;
