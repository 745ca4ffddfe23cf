/** The commands, one class each. */
package io.servicelake.jobs.cli;
