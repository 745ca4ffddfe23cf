/** K-means as plain centroids that assign by column expressions. */
package io.servicelake.ml.cluster;
