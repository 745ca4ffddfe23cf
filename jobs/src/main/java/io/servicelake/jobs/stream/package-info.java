/** The stream: topics to boards, for as long as it is let. */
package io.servicelake.jobs.stream;
