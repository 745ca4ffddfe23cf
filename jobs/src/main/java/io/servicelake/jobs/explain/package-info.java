/** From a number back to the lines of source files behind it, and why it changed. */
package io.servicelake.jobs.explain;
