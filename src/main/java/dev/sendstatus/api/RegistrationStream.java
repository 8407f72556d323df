package dev.sendstatus.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sendstatus.register.LineReader;
import dev.sendstatus.register.Registrar;
import dev.sendstatus.register.RegistrationResult;
import dev.sendstatus.register.SendItem;
import dev.sendstatus.register.SendReader;
import dev.sendstatus.store.StoreException;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request of NDJSON: lines in, results out while it still comes, in memory that does not grow with it. A line is answered
 * after its commit; a sender that is faster than the disk is simply not read from. One thread.
 */
final class RegistrationStream {
    private static final Logger LOG = LoggerFactory.getLogger(RegistrationStream.class);

    private final Context ctx;
    private final SendReader reader;
    private final Registrar registrar;
    private final LineReader lines;
    private final List<SendItem.Numbered> batch = new ArrayList<>();

    private boolean answered;

    RegistrationStream(Context ctx, SendReader reader, Registrar registrar) {
        this.ctx = ctx;
        this.reader = reader;
        this.registrar = registrar;
        this.lines = new LineReader(ctx.bodyInputStream());
    }

    /** @throws StoreException if the database was not to be had before the first result was sent */
    void run() throws StoreException {
        long index = -1;
        try {
            for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
                index++;
                if (!line.isBlank()) {
                    batch.add(new SendItem.Numbered(index, reader.line(line.bytes())));
                }
                boolean wait = batch.size() < Registrar.MOST_AT_ONCE && lines.ready();
                if (!wait && !flush()) {
                    return;
                }
            }
            flush();
        } catch (IOException e) {
            LOG.info("a stream of registrations ended before its end, after line {}: {}", index + 1, e.getMessage());
        }
    }

    /** Registers what has gathered and answers it. @return false if the stream is over, because the database is not to be had */
    private boolean flush() throws StoreException, IOException {
        try {
            List<RegistrationResult> results = registrar.register(batch);
            StringBuilder text = new StringBuilder();
            results.forEach(result -> text.append(result.json()).append('\n'));
            write(text.toString());
            batch.clear();
            return true;
        } catch (StoreException e) {
            if (!answered) {
                throw e;
            }
            LOG.warn("a stream of registrations was given up: {}", e.getMessage());
            write(JsonNodeFactory.instance
                            .objectNode()
                            .put("index", batch.get(0).index())
                            .putNull("provider")
                            .putNull("id")
                            .put("result", "error")
                            .put(
                                    "problem",
                                    "the database does not answer: this line and those after it may not be registered;"
                                            + " send them again")
                    + "\n");
            return false;
        }
    }

    /** Past Javalin's own stream, which would compress it and hold it back. */
    private void write(String text) throws IOException {
        if (!answered) {
            ctx.status(200);
            ctx.contentType("application/x-ndjson");
            answered = true;
        }
        OutputStream out = ctx.res().getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
