package io.servicelake.jobs.ingest;

import java.io.Serializable;
import java.util.List;

/**
 * A raw column that holds personal values.
 *
 * @param column the raw column
 * @param kind what it holds
 * @param with columns that qualify a number, such as the dealer's code
 * @param subjects columns that say whose value it is; the first that has a value counts
 * @param patterns date patterns of a birthday
 * @param noPersons values that name no person, such as a program; they stay as they stand
 */
public record PersonalRule(
    String column,
    PersonalKind kind,
    List<String> with,
    List<String> subjects,
    List<String> patterns,
    List<String> noPersons)
    implements Serializable {

  /** A column whose every value is of a person. */
  public PersonalRule(
      String column,
      PersonalKind kind,
      List<String> with,
      List<String> subjects,
      List<String> patterns) {
    this(column, kind, with, subjects, patterns, List.of());
  }
}
