package dev.sendstatus.cli;

import java.io.PrintWriter;
import java.util.List;

/** Prints rows with their columns aligned. */
final class TextTable {
    private static final int GAP = 2;

    private TextTable() {}

    /** @param rows of equal length; the first is no different from the others */
    static void print(PrintWriter out, List<List<String>> rows) {
        int columns = rows.isEmpty() ? 0 : rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + GAP));
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
