package io.servicelake.jobs.cli;

import picocli.CommandLine.Option;

/** The option of commands that take the lake's lock. */
public final class WaitOption {
  @Option(names = "--wait", description = "Wait for a run on the lake to end.")
  private boolean isSet;

  boolean isSet() {
    return isSet;
  }
}
