/** Call lists of campaigns: out to dealers as files, back in with what became of the calls. */
package io.servicelake.jobs.winback;
