package dev.sendstatus.query;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which columns an export has, and for whom it is.
 *
 * @param columns by name, in the order in which they stand; each once
 * @param excel with a byte order mark, and with times that a spreadsheet reads as times
 */
public record CsvLayout(List<String> columns, boolean excel) {
    /** Every column, for a program. */
    public static final CsvLayout ALL = new CsvLayout(MessageCsv.COLUMNS, false);

    private static final DateTimeFormatter SPREADSHEET_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    public CsvLayout {
        columns = List.copyOf(columns);
    }

    /** @param names empty for all columns */
    public static CsvLayout of(List<String> names, boolean excel) throws WrongParameter {
        Set<String> seen = new TreeSet<>();
        for (String name : names) {
            if (!MessageCsv.COLUMNS.contains(name)) {
                throw new WrongParameter("columns has \"" + name + "\", which is no column; there are "
                        + String.join(", ", MessageCsv.COLUMNS) + ".");
            }
            if (!seen.add(name)) {
                throw new WrongParameter("columns has " + name + " twice.");
            }
        }
        return new CsvLayout(names.isEmpty() ? MessageCsv.COLUMNS : names, excel);
    }

    String time(Instant time) {
        return excel ? SPREADSHEET_TIME.format(time) : time.toString();
    }
}
