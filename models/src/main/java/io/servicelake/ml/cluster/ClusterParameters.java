package io.servicelake.ml.cluster;

/**
 * Settings of a k-means clustering.
 *
 * @param clusters number of clusters wanted; fewer if there are fewer distinct rows
 * @param starts starts, each with its own seed; the one with the least cost is kept
 * @param maxIterations iterations per start at most
 * @param maxRows rows above which the centroids are found on a sample by hash
 * @param resamples bootstrap resamples that tell how stable the clusters are; 0 for none
 */
public record ClusterParameters(
    int clusters, int starts, int maxIterations, int maxRows, int resamples) {}
