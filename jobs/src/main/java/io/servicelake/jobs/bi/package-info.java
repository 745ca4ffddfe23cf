/** Superset: its dashboards generated from contracts and key figures, its server, its check. */
package io.servicelake.jobs.bi;
