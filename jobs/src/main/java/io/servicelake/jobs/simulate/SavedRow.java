package io.servicelake.jobs.simulate;

/** A row and the second it was saved at. */
record SavedRow(long at, String[] row) {}
