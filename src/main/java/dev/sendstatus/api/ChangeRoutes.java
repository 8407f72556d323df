package dev.sendstatus.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sendstatus.feed.ChangeFeed;
import dev.sendstatus.feed.Waiters;
import dev.sendstatus.feed.Waiting;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.ChangePage;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.StoreException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/changes}: what changed after a position. A client that waits for more holds a connection and a place among the {@link Waiters}, and no
 * thread.
 */
final class ChangeRoutes {
    static final String EVENT_STREAM = "text/event-stream";

    private static final Duration MOST_WAIT = Duration.ofSeconds(60);
    private static final int RETRY_AFTER_SECONDS = 10;

    private static final String AFTER = "after";
    private static final String LIMIT = "limit";
    private static final String WAIT = "wait";
    private static final String FEED = "feed";
    private static final Set<String> OWN = Set.of(AFTER, LIMIT, WAIT, FEED);
    private static final String NOW = "now";

    private final ChangeFeed feed;
    private final Waiters waiters;
    private final ListParameters parameters;
    private final MessageDocument document;
    private final InstantSource clock;

    ChangeRoutes(Api api) {
        this.feed = new ChangeFeed(api.reads());
        this.waiters = api.waiters();
        this.parameters = api.listParameters();
        this.document = api.document();
        this.clock = api.clock();
    }

    void install(JavalinConfig config) {
        config.routes.get("/v1/changes", this::changes);
    }

    /** A request for changes. @param after null for the oldest that is kept @param feed null for any */
    record Question(
            @Nullable String after,
            @Nullable String feed,
            MessageFilter filter,
            int limit,
            Duration patience,
            boolean streamed) {}

    private void changes(Context ctx) throws StoreException, WrongParameter {
        Question question = question(ctx);
        long after = position(question.after());
        boolean waits = !question.streamed() && !question.patience().isZero() && ctx.method() != HandlerType.HEAD;
        ChangePage others = waits ? waiters.amongOthers(after) : null;
        if (others != null && (question.feed() == null || question.feed().equals(others.feed()))) {
            entered(ctx, () -> await(ctx, others, question));
            return;
        }
        ChangePage page = feed.after(after, question.filter(), question.limit());
        if (!page.reachesBackTo(after)
                || question.feed() != null && !question.feed().equals(page.feed())) {
            gone(ctx, page, after, question.feed());
        } else if (ctx.method() == HandlerType.HEAD) {
            head(ctx, question.streamed());
        } else if (question.streamed()) {
            entered(ctx, () -> new ChangeStream(ctx, feed, waiters, document, question).begin(page));
        } else if (!page.changes().isEmpty()
                || page.next() < page.newest()
                || question.patience().isZero()) {
            answer(ctx, page);
        } else {
            entered(ctx, () -> await(ctx, page, question));
        }
    }

    private Question question(Context ctx) throws StoreException, WrongParameter {
        Map<String, List<String>> given = new HashMap<>(ctx.queryParamMap());
        if (given.containsKey("stuck")) {
            throw new WrongParameter("stuck is no filter of changes: a message becomes stuck when nothing changes.");
        }
        boolean streamed = accepts(ctx.header("Accept"));
        String last = ctx.header("Last-Event-ID");
        MessageFilter filter = parameters.filter(given, OWN, clock.instant());
        return new Question(
                streamed && last != null && !last.isBlank() ? last.strip() : ctx.queryParam(AFTER),
                ctx.queryParam(FEED),
                filter,
                NumberedPage.limit(ctx.queryParam(LIMIT), MessageListRoutes.MOST_ITEMS),
                wait(ctx.queryParam(WAIT)),
                streamed);
    }

    private static boolean accepts(@Nullable String accept) {
        return accept != null && accept.contains(EVENT_STREAM);
    }

    private static Duration wait(@Nullable String text) throws WrongParameter {
        if (text == null || text.strip().equals("0")) {
            return Duration.ZERO;
        }
        Duration wait = Times.age(WAIT, text);
        if (wait.compareTo(MOST_WAIT) > 0) {
            throw new WrongParameter("wait is a time up to 60s, not " + text.strip() + ".");
        }
        return wait;
    }

    private long position(@Nullable String after) throws StoreException, WrongParameter {
        if (after == null) {
            return feed.ends().oldestAfter();
        }
        if (after.strip().equals(NOW)) {
            return feed.ends().newest();
        }
        long position = Api.number(after.strip());
        if (position < 0) {
            throw new WrongParameter(
                    "after is the next_after of the answer before, or now; left out, it is the oldest that is kept.");
        }
        return position;
    }

    private static void gone(Context ctx, ChangePage page, long after, @Nullable String feed) {
        boolean another = feed != null && !feed.equals(page.feed());
        String why = another
                ? "The feed " + feed + " is no more: the database was restored, or it is another one."
                : after < page.oldestAfter()
                        ? "What came after " + after + " is no longer kept whole."
                        : after + " lies beyond the end: the database was restored, or it is another one.";
        Problem problem = new Problem(
                410,
                "Position gone",
                why + " Bring up to date what you know by POST /v1/messages/lookup or an export, and go on with after="
                        + page.newest() + "; or read again all that is kept, with after=" + page.oldestAfter() + ".");
        Problems.answer(
                ctx,
                problem,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("feed", page.feed())
                        .put("oldest_after", page.oldestAfter())
                        .put("newest", page.newest()));
    }

    private static void head(Context ctx, boolean streamed) {
        ctx.contentType(streamed ? EVENT_STREAM : "application/json");
        ctx.header("Cache-Control", "no-store");
    }

    private void answer(Context ctx, ChangePage page) {
        head(ctx, false);
        Json.answer(ctx, document.changes(page));
    }

    private void entered(Context ctx, Runnable begin) {
        if (waiters.enter()) {
            begin.run();
        } else {
            ctx.header("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
            Problems.answer(
                    ctx,
                    new Problem(
                            503,
                            "Too many wait",
                            Waiters.MOST + " wait for changes, and no more may: ask without wait, or again later."));
        }
    }

    private void await(Context ctx, ChangePage page, Question question) {
        Request request = ServletContextRequest.getServletContextRequest(ctx.req());
        ctx.future(() -> {
            // The waiting has an end of its own.
            ctx.req().getAsyncContext().setTimeout(0);
            Waiting waiting = waiters.await(page, question.filter(), question.limit(), question.patience());
            Departure departure = Departure.of(request, waiting::end);
            return waiting.found()
                    .whenComplete((found, failure) -> {
                        departure.forget();
                        waiters.leave();
                    })
                    .thenAcceptAsync(
                            found -> {
                                if (page.goesOnIn(found)) {
                                    answer(ctx, found);
                                } else {
                                    gone(ctx, found, page.next(), page.feed());
                                }
                            },
                            request.getComponents().getExecutor());
        });
    }
}
