/**
 * Measuring a campaign: who is offered and who is held out, what the offer brought, and for whom it
 * brings most.
 */
package io.servicelake.ml.campaign;
