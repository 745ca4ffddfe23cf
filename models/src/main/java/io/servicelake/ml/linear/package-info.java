/** Logistic regression as plain parameters that score by column expressions. */
package io.servicelake.ml.linear;
