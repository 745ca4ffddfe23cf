/** Segments: core against general customers by five traits, and clusters of like behaviour. */
package io.servicelake.ml.segments;
