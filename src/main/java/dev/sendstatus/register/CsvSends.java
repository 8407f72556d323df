package dev.sendstatus.register;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.register.SendFile.SendSource;
import dev.sendstatus.register.SendFile.UnreadableSends;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends as rows of CSV under a header that names the fields, in any order. Lists ({@code to}, {@code tags}, {@code link_domains})
 * are separated by semicolons; an empty cell says nothing.
 */
public final class CsvSends implements SendSource {
    private static final Set<String> LISTS = Set.of("to", "tags", "link_domains");
    private static final int MOST_DIGITS = 9;

    private final CsvRows rows;
    private final SendReader reader;
    private final List<String> header;

    /** Reads the header. @throws UnreadableSends if it does not name the fields */
    public CsvSends(Reader in, SendReader reader) throws IOException, UnreadableSends {
        this.rows = new CsvRows(in);
        this.reader = reader;
        CsvRows.Row first = rows.next();
        if (first == null) {
            throw new UnreadableSends(
                    "The file is empty: its first line names the columns, of " + SendFields.NAMES + ".");
        }
        if (first.problem() != null) {
            throw new UnreadableSends("The header " + first.problem() + ".");
        }
        this.header = header(first.cells());
    }

    private static List<String> header(List<String> cells) throws UnreadableSends {
        List<String> names = new ArrayList<>();
        for (String cell : cells) {
            String name = cell.toLowerCase(Locale.ROOT);
            int column = names.size() + 1;
            if (!SendFields.KNOWN.contains(name)) {
                throw new UnreadableSends("The header's column " + column + " has " + SendFields.quoted(name)
                        + ", which is none of " + SendFields.NAMES
                        + ". The first line names the columns; remove or rename those that are not among these.");
            }
            if (names.contains(name)) {
                throw new UnreadableSends("The header's column " + column + " has " + name + " a second time.");
            }
            names.add(name);
        }
        return names;
    }

    @Override
    public SendItem.@Nullable Numbered next() throws IOException {
        CsvRows.Row row = rows.next();
        return row == null ? null : new SendItem.Numbered(row.line(), item(row));
    }

    private SendItem item(CsvRows.Row row) {
        if (row.problem() != null) {
            return new SendItem.Bad(null, null, row.problem());
        }
        List<String> cells = row.cells();
        if (cells.size() != header.size()) {
            return new SendItem.Bad(
                    null, null, "has " + cells.size() + " cells where the header has " + header.size() + " columns");
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < cells.size(); i++) {
            String name = header.get(i);
            String cell = cells.get(i);
            if (cell.isEmpty()) {
                continue;
            }
            if (LISTS.contains(name)) {
                ArrayNode list = node.putArray(name);
                for (String part : cell.split(";", -1)) {
                    list.add(part);
                }
            } else if (name.equals("segments") && isShortNumber(cell)) {
                node.put(name, Integer.parseInt(cell));
            } else {
                node.put(name, cell);
            }
        }
        return reader.read(node);
    }

    private static boolean isShortNumber(String cell) {
        return cell.length() <= MOST_DIGITS && cell.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
