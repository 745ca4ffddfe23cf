package io.servicelake.jobs.explain;

import static org.apache.spark.sql.functions.lit;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/**
 * One way from the rows of a table to the rows they were made of.
 *
 * @param condition over the rows of the child, alias {@value #CHILD}, and of the parent, alias
 *     {@value #PARENT}
 * @param feeds columns of the child that the parent gives; empty if no row would be there without
 *     it
 */
record Link(TableContract child, TableContract parent, Column condition, Set<String> feeds) {
  static final String CHILD = "c";
  static final String PARENT = "p";

  /** A way that is followed whatever is asked; narrow it by the methods below. */
  static Link of(TableContract child, TableContract parent) {
    return new Link(child, parent, lit(true), Set.of());
  }

  /** Rows that agree in columns of the same names. */
  Link on(Field... fields) {
    Link link = this;
    for (Field field : fields) {
      link = link.on(field, field);
    }
    return link;
  }

  /** Rows whose columns agree. */
  Link on(Field ofChild, Field ofParent) {
    return where(ofChild.of(CHILD).equalTo(ofParent.of(PARENT)));
  }

  /** Rows for which a condition holds. */
  Link where(Column more) {
    return new Link(child, parent, condition.and(more), feeds);
  }

  /** The parent's versions that are current. */
  Link current() {
    return where(Versioned.SUPERSEDED_AT.of(PARENT).isNull());
  }

  /** The parent's versions that stood when the child's version began. */
  Link asKnown() {
    return where(
        Versioned.KNOWN_AT
            .of(PARENT)
            .leq(Versioned.KNOWN_AT.of(CHILD))
            .and(
                Versioned.SUPERSEDED_AT
                    .of(PARENT)
                    .isNull()
                    .or(Versioned.SUPERSEDED_AT.of(PARENT).gt(Versioned.KNOWN_AT.of(CHILD)))));
  }

  /** Only some columns of the child come this way. */
  Link feeding(Field... fields) {
    return new Link(
        child,
        parent,
        condition,
        Stream.of(fields).map(Field::name).collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * True if the way leads to what is asked.
   *
   * @param asked columns of the child; null for all
   */
  boolean leadsTo(Set<String> asked) {
    return feeds.isEmpty() || asked == null || asked.stream().anyMatch(feeds::contains);
  }

  /** What is asked of the parent then; null for all its columns. */
  Set<String> askedOfParent(Set<String> asked) {
    if (asked == null) {
      return null;
    }
    Set<String> names = new TreeSet<>(asked);
    names.retainAll(parent.fieldNames());
    if (!feeds.isEmpty()) {
      names.retainAll(feeds);
    }
    return names.isEmpty() ? null : names;
  }
}
