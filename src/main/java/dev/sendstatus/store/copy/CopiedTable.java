package dev.sendstatus.store.copy;

import dev.sendstatus.store.copy.Cell.Kind;
import java.util.List;
import java.util.Locale;

/**
 * The tables that are copied row by row, in that order, besides the messages. What is derived of messages (indexes, summaries, the open
 * ones) and the numbers of words are each database's own, and made anew.
 */
public enum CopiedTable {
    ACCOUNT(1, Kind.ACCOUNT, Kind.NUMBER),
    SEGMENT(1, Kind.NUMBER, Kind.NUMBER, Kind.NUMBER, Kind.BYTES),
    QUARANTINE(1, Kind.NUMBER, Kind.ACCOUNT, Kind.NUMBER, Kind.TEXT),
    STUCK(
            1,
            Kind.KEY,
            Kind.ACCOUNT,
            Kind.TEXT,
            Kind.NUMBER,
            Kind.NUMBER,
            Kind.NUMBER,
            Kind.NUMBER,
            Kind.NUMBER,
            Kind.NUMBER),
    REFUSED(2, Kind.ACCOUNT, Kind.TEXT, Kind.NUMBER, Kind.NUMBER, Kind.TEXT),
    REPORT(1, Kind.TEXT, Kind.NUMBER, Kind.BYTES),
    ERROR_SEEN(2, Kind.TEXT, Kind.TEXT, Kind.NUMBER, Kind.NUMBER),
    TOKEN(1, Kind.TEXT, Kind.BYTES, Kind.TEXT, Kind.NUMBER, Kind.NUMBER),
    LOOKUP(1, Kind.KEY, Kind.NUMBER, Kind.FLAG),
    TRAFFIC(2, Kind.ACCOUNT, Kind.NUMBER, Kind.NUMBER);

    private final int keys;
    private final List<Kind> columns;

    CopiedTable(int keys, Kind... columns) {
        this.keys = keys;
        this.columns = List.of(columns);
    }

    public List<Kind> columns() {
        return columns;
    }

    /** How many columns, from the first, are the key. */
    public int keys() {
        return keys;
    }

    /** For a person: {@code quarantine}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
