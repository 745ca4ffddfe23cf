package io.servicelake.jobs.explain;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What stands behind a row, as a tree.
 *
 * @param title the row, or a table with the number of rows of it
 * @param notes lines below the title: examples of the rows
 * @param behind what these rows were made of
 */
public record Explanation(String title, List<String> notes, List<Explanation> behind) {
  static Explanation of(String title) {
    return new Explanation(title, new ArrayList<>(), new ArrayList<>());
  }

  static Explanation rows(String table, long count) {
    return of(String.format(Locale.ROOT, "%s: %,d %s", table, count, count == 1 ? "row" : "rows"));
  }

  /** Prints the tree. */
  public void print(PrintWriter out) {
    out.println(title);
    print(out, "");
    out.flush();
  }

  private void print(PrintWriter out, String indent) {
    String stem = behind.isEmpty() ? "    " : "│   ";
    notes.forEach(note -> out.println(indent + stem + note));
    for (int i = 0; i < behind.size(); i++) {
      boolean isLast = i == behind.size() - 1;
      out.println(indent + (isLast ? "└─ " : "├─ ") + behind.get(i).title());
      behind.get(i).print(out, indent + (isLast ? "   " : "│  "));
    }
  }
}
