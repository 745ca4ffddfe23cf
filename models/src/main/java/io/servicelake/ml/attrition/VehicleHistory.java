package io.servicelake.ml.attrition;

import java.io.Serializable;

/**
 * A vehicle in the hands of its holder. Days count from 1970-01-01.
 *
 * @param sinceDay first visit by the holder: the history starts the day after
 * @param intervalDays the maker's interval
 * @param kmPerDay usual use
 * @param visitDays days of visits, in order
 * @param purposes what the visits were for
 * @param odometerKm readings at the visits; below 0 where there is none
 */
record VehicleHistory(
    int sinceDay,
    int soldDay,
    int warrantyUntilDay,
    double intervalDays,
    double intervalKm,
    double kmPerDay,
    int[] visitDays,
    Purpose[] purposes,
    int[] odometerKm)
    implements Serializable {}
