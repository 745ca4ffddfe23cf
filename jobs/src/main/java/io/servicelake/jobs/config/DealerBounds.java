package io.servicelake.jobs.config;

import java.util.Optional;

/** What a dealer's bounds of a campaign are instead of those of all; what is left out is theirs. */
public record DealerBounds(
    @Setting(unit = "calls", min = 0, meaning = "Free capacity of the dealer.")
        Optional<Integer> calls,
    @Setting(unit = "hundredths of the currency", min = 0, meaning = "Budget of the dealer.")
        Optional<Long> budgetAmountMinor) {

  public DealerBounds {
    if (calls.isEmpty() && budgetAmountMinor.isEmpty()) {
      throw new IllegalArgumentException("neither calls nor budget_amount_minor is given");
    }
  }
}
