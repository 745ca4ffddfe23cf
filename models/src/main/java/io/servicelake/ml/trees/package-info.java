/** Boosted trees, fitted and scored by XGBoost, with exact additive contributions. */
package io.servicelake.ml.trees;
