/** Component risk: which component of which vehicle is repaired within 90 days. */
package io.servicelake.ml.risk;
