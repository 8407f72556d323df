package dev.sendstatus.provider;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.sendstatus.event.Progress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The meanings of a provider's status words: a CSV file beside the adapter's classes, with a row for each word. Its columns are the word, the
 * progress in lower case, the direction if the word tells it, and the reason where a row is odd. Immutable.
 */
public final class StatusTable {
    private final Map<String, Progress> progress = new HashMap<>();
    private final Set<String> inbound = new HashSet<>();

    /** @param file the resource's name: {@code statuses.csv} */
    public StatusTable(Class<?> adapter, String file) {
        for (NamedCsvRecord row : CsvReader.builder().ofNamedCsvRecord(BodyTemplate.resource(adapter, file)).stream()
                .toList()) {
            String word = row.getField("word");
            progress.put(word, Progress.valueOf(row.getField("progress").toUpperCase(Locale.ROOT)));
            if (row.getField("direction").equals("inbound")) {
                inbound.add(word);
            }
        }
    }

    /** How far that very word takes a message; null if it is not in the table. */
    public @Nullable Progress progress(String word) {
        return progress.get(word);
    }

    /** Whether that very word is said of inbound messages only. */
    public boolean isInbound(String word) {
        return inbound.contains(word);
    }
}
