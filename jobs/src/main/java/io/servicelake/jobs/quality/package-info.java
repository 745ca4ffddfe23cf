/** Expectations as steps of the flow: measured, told, and where they have to, stopping it. */
package io.servicelake.jobs.quality;
