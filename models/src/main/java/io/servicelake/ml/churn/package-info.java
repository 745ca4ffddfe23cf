/** Churn: who does not come back within 180 or 365 days, and why. */
package io.servicelake.ml.churn;
