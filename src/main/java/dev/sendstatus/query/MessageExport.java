package dev.sendstatus.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StuckView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Instant;

/**
 * Writes the messages of a scan, one after another: however many there are, no more than one is in memory, and a buffer.
 *
 * @param now the moment that decides what counts as stuck
 * @param layout of CSV
 */
public record MessageExport(MessageDocument document, Instant now, CsvLayout layout) {
    private static final JsonMapper JSON = new JsonMapper();
    /** Tells Excel that what follows is UTF-8. */
    private static final char BYTE_ORDER_MARK = '\ufeff';

    /** With every column, for a program. */
    public MessageExport(MessageDocument document, Instant now) {
        this(document, now, CsvLayout.ALL);
    }

    /** Is told how many messages are written, after each. */
    @FunctionalInterface
    public interface Listener {
        /** @throws IOException to end the export */
        void written(long count) throws IOException;
    }

    /**
     * Writes all that the scan still has, and flushes; the writer stays open.
     *
     * @param out buffered, since it gets small pieces
     * @return how many messages there were
     * @throws IOException if the writer does not take any more
     */
    public long write(MessageScan scan, ExportFormat format, Writer out, Listener listener)
            throws StoreException, IOException {
        long count =
                switch (format) {
                    case CSV -> csv(scan, out, listener);
                    case JSONL -> jsonLines(scan, out, listener);
                };
        out.flush();
        return count;
    }

    // Closing the CSV writer would close what it writes to; with no buffer of its own there is nothing left in it.
    @SuppressWarnings("resource")
    private long csv(MessageScan scan, Writer out, Listener listener) throws StoreException, IOException {
        if (layout.excel()) {
            out.write(BYTE_ORDER_MARK);
        }
        CsvWriter csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                .bufferSize(0)
                .build(out);
        MessageCsv rows = new MessageCsv(document, layout, csv);
        long count = 0;
        try {
            rows.header();
            for (StoredMessage message = scan.next(); message != null; message = scan.next()) {
                rows.message(message.state(), StuckView.of(message, now, document.limits()));
                listener.written(++count);
            }
        } catch (UncheckedIOException e) {
            // The CSV library's way to say that the writer does not take any more.
            throw new IOException("after " + count + " messages: " + e.getMessage(), e);
        }
        return count;
    }

    private long jsonLines(MessageScan scan, Writer out, Listener listener) throws StoreException, IOException {
        long count = 0;
        try (JsonGenerator lines = JSON.createGenerator(out)) {
            lines.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            lines.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
            lines.setPrettyPrinter(new MinimalPrettyPrinter(""));
            for (StoredMessage message = scan.next(); message != null; message = scan.next()) {
                lines.writeTree(document.message(message, now));
                lines.writeRaw('\n');
                listener.written(++count);
            }
        }
        return count;
    }
}
