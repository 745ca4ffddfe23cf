package io.servicelake.jobs.io;

/**
 * Names a commit, so that a table takes it once: a commit whose application has already recorded
 * this version or a later one is left out.
 *
 * @param appId who commits; stays the same over runs
 * @param version grows with every planned commit of the same application
 */
public record Txn(String appId, long version) {}
