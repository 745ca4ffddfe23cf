package io.servicelake.jobs.config;

import io.servicelake.jobs.CannotException;
import java.util.List;

/** The configuration has faults; the message tells all of them. */
public final class SettingsException extends CannotException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  SettingsException(List<String> faults) {
    super(
        "Cannot use the configuration: %s.%n  %s%nEach key, its unit and its default stand in conf/servicelake.conf. Correct %s."
            .formatted(
                faults.size() == 1 ? "one fault" : faults.size() + " faults",
                String.join(System.lineSeparator() + "  ", faults),
                faults.size() == 1 ? "it" : "them"));
    this.faults = List.copyOf(faults);
  }

  /** Each fault: where, which key, which value, what is allowed. */
  public List<String> faults() {
    return faults;
  }
}
