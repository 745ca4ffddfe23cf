/**
 * Repeat visits ("buy till you die"): how many visits a history of visits lets expect, and what
 * they are worth.
 */
package io.servicelake.ml.repeat;
