package io.servicelake.transform.gold;

/**
 * Limits of the complaint clock in hours after reception; hours run day and night.
 *
 * @param acknowledgeHours first answer
 * @param planHours solution proposed, ordinary complaints
 * @param closeHours closed, ordinary complaints
 * @param majorPlanHours solution proposed, major complaints
 * @param majorCloseHours closed, major complaints
 */
public record ComplaintClock(
    double acknowledgeHours,
    double planHours,
    double closeHours,
    double majorPlanHours,
    double majorCloseHours) {}
