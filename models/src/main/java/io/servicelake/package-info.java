/** Contracts, KPIs, pure transforms and models of the after-sales lakehouse. No IO. */
package io.servicelake;
