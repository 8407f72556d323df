package dev.sendstatus.register;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends as rows of CSV under a header that names the fields, in any order. Lists ({@code to}, {@code tags},
 * {@code link_domains}) are separated by semicolons; an empty cell says nothing.
 */
public final class CsvSends implements SendSource {
    private static final Set<String> LISTS = Set.of("to", "tags", "link_domains");
    private static final int MOST_DIGITS = 9;

    private final Iterator<CsvRecord> rows;
    private final SendReader reader;
    private final List<String> header;

    /** Reads the header. @throws UnreadableSends if it does not name the fields */
    public CsvSends(InputStream in, SendReader reader) throws UnreadableSends {
        this.rows = CsvReader.builder()
                .detectBomHeader(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(16 * SendReader.MOST_BYTES)
                .ofCsvRecord(in)
                .iterator();
        this.reader = reader;
        CsvRecord first = record();
        if (first == null) {
            throw new UnreadableSends(
                    "The file is empty: its first line names the columns, of " + SendFields.NAMES + ".");
        }
        this.header = header(first);
    }

    private static List<String> header(CsvRecord first) throws UnreadableSends {
        List<String> names = new ArrayList<>();
        for (String cell : first.getFields()) {
            String name = cell.strip().toLowerCase(Locale.ROOT);
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
    public @Nullable NumberedItem next() throws UnreadableSends {
        CsvRecord row = record();
        return row == null ? null : new NumberedItem(row.getStartingLineNumber(), item(row));
    }

    private @Nullable CsvRecord record() throws UnreadableSends {
        try {
            return rows.hasNext() ? rows.next() : null;
        } catch (CsvParseException | UncheckedIOException e) {
            // Its own message can quote the row.
            throw new UnreadableSends(
                    "The file cannot be read on as CSV in UTF-8: a quote that is not closed, or a cell"
                            + " of more than a megabyte.");
        }
    }

    private SendItem item(CsvRecord row) {
        List<String> cells = row.getFields();
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
                    list.add(part.strip());
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
