/** Technicians: work measured beside its case mix, shrunk by its reliability, and clustered. */
package io.servicelake.ml.technicians;
