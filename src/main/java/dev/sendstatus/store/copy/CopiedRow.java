package dev.sendstatus.store.copy;

import java.util.List;
import java.util.stream.Collectors;

/** A row of a table in the order of {@link CopiedTable#columns}. */
public record CopiedRow(CopiedTable table, List<Cell> cells) {

    public CopiedRow {
        cells = List.copyOf(cells);
        if (cells.size() != table.columns().size()) {
            throw new IllegalArgumentException("a row of " + table.word() + " has " + cells.size() + " cells");
        }
    }

    /** What tells it from the other rows of its table, for a person. */
    public String label() {
        return table.word() + " "
                + cells.subList(0, table.keys()).stream().map(Cell::text).collect(Collectors.joining(" "));
    }
}
