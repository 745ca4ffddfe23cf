package io.servicelake.ml.campaign;

import org.apache.spark.sql.Column;

/**
 * Where learning finds what it needs, in rows of both arms.
 *
 * @param row tells rows apart: a customer, or a campaign and a customer
 * @param person rows of one person are drawn together
 * @param isTreated whether the customer was assigned to the offer
 * @param outcome 1 with a visit, else 0
 * @param probability of being treated, among the two arms compared
 */
public record UpliftSource(
    Column row, Column person, Column isTreated, Column outcome, Column probability) {}
