/** PostgreSQL for dashboards: our own server or any other, and publishing a release into it. */
package io.servicelake.jobs.serve;
