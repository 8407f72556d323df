package dev.sendstatus.api;

import dev.sendstatus.ingest.IngestQueue;
import dev.sendstatus.ingest.Throttle;
import dev.sendstatus.query.ExportFormat;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.query.MessageExport;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /v1/export.csv} and {@code …/export.jsonl}: all messages that match, as they are at one moment, in constant memory. */
final class ExportRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(ExportRoutes.class);
    /** Of the four connections that read, the other two are for everybody else. */
    private static final int MOST_AT_ONCE = 2;
    /** Most exports are through by then. */
    private static final int RETRY_AFTER_SECONDS = 10;

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int BUFFER_CHARS = 16 * 1024;
    private static final DateTimeFormatter IN_FILE_NAME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** {@link Reads#scan}. */
    @FunctionalInterface
    interface Scans {
        MessageScan of(MessageFilter filter) throws StoreException;
    }

    private final Scans scans;
    private final ListParameters parameters;
    private final MessageDocument document;
    private final InstantSource clock;
    private final IngestQueue queue;
    private final Duration patience;
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);

    ExportRoutes(
            Reads reads, ListParameters parameters, MessageDocument document, InstantSource clock, IngestQueue queue) {
        this(reads::scan, parameters, document, clock, queue, PATIENCE);
    }

    /**
     * With all that a test may choose.
     *
     * @param queue where callbacks come, for which an export stands back
     * @param patience with a client that stops reading
     */
    ExportRoutes(
            Scans scans,
            ListParameters parameters,
            MessageDocument document,
            InstantSource clock,
            IngestQueue queue,
            Duration patience) {
        this.scans = scans;
        this.parameters = parameters;
        this.document = document;
        this.clock = clock;
        this.queue = queue;
        this.patience = patience;
    }

    void install(JavalinConfig config) {
        for (ExportFormat format : ExportFormat.values()) {
            config.routes.get("/v1/export." + format.word(), ctx -> answer(ctx, format));
        }
    }

    private void answer(Context ctx, ExportFormat format)
            throws StoreException, IOException, WrongParameter, Unanswerable {
        MessageFilter filter = parameters.filter(ctx.queryParamMap(), Set.of(), clock.instant());
        if (ctx.method() == HandlerType.HEAD) {
            head(ctx, format);
            return;
        }
        if (!free.tryAcquire()) {
            ctx.header("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
            throw new Unanswerable(
                    503,
                    "Try again",
                    "There are " + MOST_AT_ONCE + " exports under way, and no more are made at once.");
        }
        try {
            export(ctx, format, filter);
        } finally {
            free.release();
        }
    }

    private void export(Context ctx, ExportFormat format, MessageFilter filter) throws StoreException, IOException {
        Request request = ServletContextRequest.getServletContextRequest(ctx.req());
        boolean complete = false;
        long[] count = new long[1];
        try (MessageScan scan = scans.of(filter)) {
            head(ctx, format);
            if ("HTTP/1.1".equals(ctx.protocol())) {
                // Also with Connection: close, where the server would else let the end of the connection be that of
                // the body, and nobody could tell a part from the whole.
                ctx.header("Transfer-Encoding", "chunked");
            }
            Writer out = new BufferedWriter(
                    new OutputStreamWriter(
                            new ExportStream(ctx.outputStream(), request, patience), StandardCharsets.UTF_8),
                    BUFFER_CHARS);
            Throttle courtesy = new Throttle(queue, System::nanoTime, LockSupport::parkNanos);
            new MessageExport(document, clock.instant()).write(scan, format, out, written -> {
                count[0] = written;
                courtesy.standBack();
            });
            complete = true;
        } catch (IOException e) {
            LOG.info("an export ended after {} messages, since its client does not take more", count[0]);
            LOG.debug("the export's connection", e);
        } finally {
            if (!complete) {
                giveUp(ctx, request);
            }
        }
    }

    private void head(Context ctx, ExportFormat format) {
        Instant now = clock.instant();
        ctx.contentType(format.contentType());
        ctx.header(
                "Content-Disposition",
                "attachment; filename=\"messages-" + IN_FILE_NAME.format(now) + "." + format.word() + "\"");
        ctx.header("Cache-Control", "no-store");
    }

    /** An answer that has begun must not look complete when it ends early. One that has not begun can still be a proper problem. */
    private static void giveUp(Context ctx, Request request) {
        if (ctx.res().isCommitted()) {
            ExportStream.cut(request);
        } else {
            ctx.res().reset();
        }
    }
}
