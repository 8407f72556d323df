package dev.sendstatus.cli;

import java.io.PrintWriter;
import java.util.List;

/** Prints rows with their columns aligned, all to the left: texts, where {@link Table} is for figures. */
final class TextTable {
    private static final int GAP = 2;

    private TextTable() {}

    /** @param rows of equal length; the first is no different from the others */
    static void print(PrintWriter out, List<List<String>> rows) {
        int[] widths = Table.widths(rows);
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + GAP));
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
