package io.servicelake.jobs.simulate;

import java.nio.file.Path;

/**
 * Offers that the customers of call lists answer.
 *
 * @param lists folder of call lists with phones, as {@code winback export --contacts} writes them
 * @param lift probability that a person who is reached, and has a vehicle, comes once more
 */
public record OfferAnswers(Path lists, double lift) {
  /** Folder of the lists filled in, below that of the lists. */
  public static final String ANSWERED = "answered";
}
