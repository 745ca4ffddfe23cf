/** Keeping a lake in shape: changed contracts, maintenance, backups. */
package io.servicelake.jobs.upkeep;
