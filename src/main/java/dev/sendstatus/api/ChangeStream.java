package dev.sendstatus.api;

import dev.sendstatus.api.ChangeRoutes.Question;
import dev.sendstatus.feed.ChangeFeed;
import dev.sendstatus.feed.Waiters;
import dev.sendstatus.feed.Waiting;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.state.Change;
import dev.sendstatus.store.ChangePage;
import dev.sendstatus.store.StoreException;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * The feed as server-sent events, until the client or the server goes. The next changes are looked for when the client has taken the last ones,
 * so that a slow one holds neither a thread nor memory.
 */
final class ChangeStream {
    /** So often a client hears something. */
    private static final Duration COMMENT = Duration.ofSeconds(15);

    private static final long RETRY_MILLIS = 1_000;
    private static final byte[] AWAY =
            ": the database does not answer at the moment\n\n".getBytes(StandardCharsets.UTF_8);

    private final Context ctx;
    private final ChangeFeed feed;
    private final Waiters waiters;
    private final MessageDocument document;
    private final Question question;
    private final Response response;
    private final Executor threads;
    private final Scheduler scheduler;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private volatile @Nullable Waiting waiting;

    ChangeStream(Context ctx, ChangeFeed feed, Waiters waiters, MessageDocument document, Question question) {
        this.ctx = ctx;
        this.feed = feed;
        this.waiters = waiters;
        this.document = document;
        this.question = question;
        ServletContextRequest request = ServletContextRequest.getServletContextRequest(ctx.req());
        this.response = request.getServletContextResponse();
        this.threads = request.getComponents().getExecutor();
        this.scheduler = request.getComponents().getScheduler();
    }

    /** @param first the changes that were found already */
    void begin(ChangePage first) {
        ctx.contentType(ChangeRoutes.EVENT_STREAM);
        ctx.header("Cache-Control", "no-store");
        // For nginx, which would hold the events back.
        ctx.header("X-Accel-Buffering", "no");
        ctx.future(() -> {
            ctx.req().getAsyncContext().setTimeout(0);
            Departure departure = Departure.of(ServletContextRequest.getServletContextRequest(ctx.req()), this::end);
            ended.whenComplete((nothing, failure) -> {
                departure.forget();
                waiters.leave();
            });
            send(first);
            return ended.thenRunAsync(() -> {}, threads);
        });
    }

    private void end() {
        Waiting current = waiting;
        ended.complete(null);
        if (current != null) {
            current.end();
        }
    }

    private void send(ChangePage page) {
        if (ended.isDone()) {
            return;
        }
        response.write(false, ByteBuffer.wrap(events(page)), Callback.from(() -> goOn(page), failure -> end()));
    }

    private byte[] events(ChangePage page) {
        StringBuilder text = new StringBuilder();
        for (Change change : page.changes()) {
            text.append("id: ").append(change.sequence()).append('\n');
            text.append("data: ").append(document.change(change)).append("\n\n");
        }
        if (page.changes().isEmpty()) {
            // The number without data makes no event. A client that comes again begins there.
            text.append(": nothing yet\nid: ").append(page.next()).append("\n\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void goOn(ChangePage sent) {
        if (waiters.stopped()) {
            end();
        } else if (sent.next() < sent.newest()) {
            threads.execute(() -> read(sent));
        } else {
            Waiting next = waiters.await(sent, question.filter(), question.limit(), COMMENT);
            waiting = next;
            next.found().whenCompleteAsync((page, failure) -> found(sent, page, failure), threads);
        }
    }

    private void read(ChangePage sent) {
        try {
            found(sent, feed.after(sent.next(), question.filter(), question.limit()), null);
        } catch (StoreException e) {
            found(sent, null, e);
        }
    }

    private void found(ChangePage sent, @Nullable ChangePage page, @Nullable Throwable failure) {
        if (page != null && sent.goesOnIn(page)) {
            send(page);
        } else if (failure instanceof StoreException.Unavailable && !waiters.stopped()) {
            scheduler.schedule(() -> tryAgain(sent), RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            // A client that comes again is told why.
            end();
        }
    }

    private void tryAgain(ChangePage sent) {
        if (!ended.isDone()) {
            response.write(
                    false,
                    ByteBuffer.wrap(AWAY),
                    Callback.from(() -> threads.execute(() -> read(sent)), failure -> end()));
        }
    }
}
