package io.servicelake.ml.attrition;

import java.io.Serializable;
import java.util.List;

/**
 * What is known of a person on a day. Days count from 1970-01-01.
 *
 * @param snapshotDay the day it is told as of
 * @param vehicles held on the day; the warranty of the first one counts for leaving
 * @param aggrievedDays days on which something went wrong
 * @param billedDays days of large bills
 * @param wayKm way to the dealer; null if unknown
 */
record PersonHistory(
    int snapshotDay,
    List<VehicleHistory> vehicles,
    int[] aggrievedDays,
    int[] billedDays,
    Double wayKm)
    implements Serializable {}
