package io.servicelake.ml.technicians;

import io.servicelake.ml.cluster.ClusterParameters;

/**
 * Settings of the technician measures.
 *
 * @param minJobs repair jobs in 12 months from which on a technician is scored
 * @param clusters settings of the clusters
 * @param minPerCluster technicians there have to be per cluster; fewer clusters otherwise
 * @param bootstrapReplicates draws per interval
 */
public record TechnicianParameters(
    int minJobs, ClusterParameters clusters, int minPerCluster, int bootstrapReplicates) {

  /** 20 jobs, three clusters of at least five technicians. */
  public static TechnicianParameters defaults() {
    return new TechnicianParameters(20, new ClusterParameters(3, 20, 100, 100_000, 0), 5, 300);
  }
}
