/**
 * The visit process of persons who may leave without a word: what a history says of whether a
 * person is still a customer, and of the visits to come.
 */
package io.servicelake.ml.attrition;
