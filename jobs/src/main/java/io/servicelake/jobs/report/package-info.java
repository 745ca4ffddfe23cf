/** The report page and the headline figures: small aggregates of the serving tables, shown. */
package io.servicelake.jobs.report;
