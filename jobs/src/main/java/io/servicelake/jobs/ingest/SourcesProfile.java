package io.servicelake.jobs.ingest;

import java.nio.file.Path;

/** Reads an unknown export and proposes a mapping file for it, to be edited by a person. */
public final class SourcesProfile {
  private final TradeWords words = TradeWords.load();
  private final String zone;

  /**
   * @param zone zone of times that name none
   */
  public SourcesProfile(String zone) {
    this.zone = zone;
  }

  /**
   * The text of the mapping file.
   *
   * @throws io.servicelake.jobs.CannotException if the file cannot be read
   */
  public String propose(Path file) {
    return new ProposalText(proposal(file), words, zone).render();
  }

  MappingProposal proposal(Path file) {
    return new MappingProposal(FileProfile.of(file), words, IngestSteps.TABLES);
  }
}
