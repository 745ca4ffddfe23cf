package io.servicelake.ml.campaign;

import java.util.Optional;

/**
 * What a campaign brought, by assignment and whatever became of it.
 *
 * @param visits share of customers with a visit
 * @param margin margin per customer, in the unit of the outcomes
 * @param offered customers assigned to the offer
 * @param heldOut customers assigned to the hold-out
 * @param strata strata after small ones were put together
 * @param nonResponseRate share of the offered who were not reached
 * @param contaminationRate share of the held out who were contacted all the same
 * @param targeting against random contact; empty where that arm was not drawn or is too small
 */
public record CampaignResult(
    Effect visits,
    Effect margin,
    long offered,
    long heldOut,
    int strata,
    double nonResponseRate,
    double contaminationRate,
    Optional<TargetingLift> targeting) {}
