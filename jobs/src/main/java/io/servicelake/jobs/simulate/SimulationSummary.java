package io.servicelake.jobs.simulate;

/**
 * What a simulation wrote.
 *
 * @param persons persons, without fleets, insurers and the dealers' own accounts
 * @param customerFiles customer files of all accounts
 * @param orders repair orders, cancelled ones too
 * @param rows rows of all export files, faults included
 * @param faults rows of the fault ledger
 * @param listed customers on the call lists
 * @param called those of them who are customers of the group
 */
public record SimulationSummary(
    long persons,
    long customerFiles,
    long orders,
    long rows,
    long faults,
    long listed,
    long called) {}
