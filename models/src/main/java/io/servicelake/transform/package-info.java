/**
 * Pure computations from tables to tables, by layer. No transform reads, writes or asks the clock.
 */
package io.servicelake.transform;
