package io.servicelake.contract.expect;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import java.util.List;
import org.apache.spark.sql.Column;

/** What can be expected of a table. */
public sealed interface Rule {
  /** A rule that every row keeps or breaks by itself. */
  record Holds(Column isBroken, String words) implements Rule {}

  /** The day of a time is not after the as-of day but one. */
  record NotAhead(Field at) implements Rule {}

  /** A value stands among those of another table; null is left out. */
  record Known(Field field, TableContract parent, Field parentField) implements Rule {}

  /** No two current rows agree in these columns. */
  record Unique(List<Field> fields) implements Rule {}

  /** The newest row is not older than so many days on the as-of day; measured in days. */
  record Fresh(Field at) implements Rule {}

  /** The rows of the last week are as many as usual for the season; measured in spreads. */
  record Usual(Field at) implements Rule {}

  /** The words of a column are shared out as in the year before; measured as PSI. */
  record SteadyWords(Field field, Field at) implements Rule {}

  /** The numbers of a column lie as in the year before; measured as Kolmogorov-Smirnov distance. */
  record SteadyNumbers(Field field, Field at) implements Rule {}

  /** The table did not lose rows since the last check; measured as the share lost. */
  record Kept() implements Rule {}

  /** True for a rule that rows break one by one, so that changed rows can be checked alone. */
  default boolean isByRow() {
    return this instanceof Holds || this instanceof NotAhead || this instanceof Known;
  }

  /** True if the as-of day decides. */
  default boolean isByDay() {
    return this instanceof NotAhead
        || this instanceof Fresh
        || this instanceof Usual
        || this instanceof SteadyWords
        || this instanceof SteadyNumbers;
  }
}
