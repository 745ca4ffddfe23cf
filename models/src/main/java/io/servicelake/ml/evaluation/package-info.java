/** Measures of models on later time, their intervals and the comparison with a naive rule. */
package io.servicelake.ml.evaluation;
