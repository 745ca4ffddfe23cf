package io.servicelake.kpi;

import io.servicelake.contract.Field;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;

/**
 * A key figure: the one place its formula, labels, unit, direction, target, meaning and source
 * stand.
 */
public sealed interface Kpi permits Kpi.Ratio, Kpi.Distinct, Kpi.Quantile {

  /** What it is called and how it is read. */
  record Card(
      String name,
      String labelEn,
      String labelZh,
      String unit,
      Direction direction,
      Optional<Double> target,
      String meaning,
      String source) {}

  /** Which way is better. */
  enum Direction {
    HIGHER,
    LOWER,
    NEITHER
  }

  /** Name, labels, unit, direction, target, meaning, source. */
  Card card();

  /** Columns in which serving tables carry it. */
  List<Field> fields();

  /**
   * A quotient of two additive parts. Tables carry {@code x_num} and {@code x_den}, never the
   * quotient: it is formed after adding up.
   */
  record Ratio(Card card, Part numerator, Part denominator) implements Kpi {
    /** Column of the numerator. */
    public Field numeratorField() {
      return new Field(
          card.name() + "_num",
          numerator.type(),
          false,
          card.labelEn() + " (numerator)",
          card.labelZh() + "(分子)",
          "Numerator of " + card.name() + ": " + card.meaning());
    }

    /** Column of the denominator. */
    public Field denominatorField() {
      return new Field(
          card.name() + "_den",
          denominator.type(),
          false,
          card.labelEn() + " (denominator)",
          card.labelZh() + "(分母)",
          "Denominator of " + card.name() + ": " + card.meaning());
    }

    /** The quotient over any set of rows that carry the parts; null where the denominator is 0. */
    public String sqlOverParts() {
      return "SUM(%s_num) / NULLIF(SUM(%s_den), 0)".formatted(card.name(), card.name());
    }

    @Override
    public List<Field> fields() {
      return List.of(numeratorField(), denominatorField());
    }
  }

  /**
   * A count of distinct things in a fixed grain and window (dealer and month); never summed over
   * either.
   */
  record Distinct(Card card, Part counted) implements Kpi {
    /** Column of the count. */
    public Field field() {
      return new Field(
          card.name(),
          DataTypes.LongType,
          false,
          card.labelEn(),
          card.labelZh(),
          card.meaning() + " Never summed over months or dealers.");
    }

    @Override
    public List<Field> fields() {
      return List.of(field());
    }
  }

  /**
   * A quantile over the rows of a fact in a fixed grain and window (dealer and month); never
   * averaged.
   */
  record Quantile(Card card, Part over, double level) implements Kpi {
    /** Column of the quantile; null without rows. */
    public Field field() {
      return new Field(
          card.name(),
          DataTypes.DoubleType,
          true,
          card.labelEn(),
          card.labelZh(),
          card.meaning() + " Null without cases; never averaged.");
    }

    @Override
    public List<Field> fields() {
      return List.of(field());
    }
  }
}
