/**
 * A made-up dealer group: the exports of its system, and apart from them the hidden truth that
 * judges the models. Reads no clock; the same options give the same bytes.
 */
package io.servicelake.jobs.simulate;
