package io.servicelake.ml.campaign;

import org.apache.spark.sql.Column;

/**
 * Where learning finds what it needs, in rows of both arms.
 *
 * @param customer one row each
 * @param isTreated whether the customer was assigned to the offer
 * @param outcome 1 with a visit, else 0
 * @param probability of being treated, among the two arms compared
 */
public record UpliftSource(Column customer, Column isTreated, Column outcome, Column probability) {}
