/** Kafka: the connection, the broker for development, topics that are written. */
package io.servicelake.jobs.kafka;
