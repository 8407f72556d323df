package dev.sendstatus.api;

import dev.sendstatus.query.ParameterText;
import dev.sendstatus.query.Statistics;
import dev.sendstatus.query.StatisticsDocument;
import dev.sendstatus.query.StatisticsQuestion;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.StoreException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** {@code GET /v1/stats}: what became of the messages of a time, all together and in groups. */
final class StatsRoutes {
    private static final Set<String> PARAMETERS = Set.of("since", "until", "by");
    /** As long as a few of a day take one after another. */
    private static final int WAIT_SECONDS = 10;

    private final Api api;
    /** One at a time takes all processors, so more at once would take as long, and a reader's connection each. */
    private final Semaphore free = new Semaphore(1, true);

    StatsRoutes(Api api) {
        this.api = api;
    }

    void install(JavalinConfig config) {
        config.routes.get("/v1/stats", this::answer);
    }

    private void answer(Context ctx) throws StoreException, InterruptedException, WrongParameter, Unanswerable {
        ParameterText.check(ctx.queryParamMap(), PARAMETERS);
        StatisticsQuestion question = StatisticsQuestion.of(
                ctx.queryParam("since"),
                ctx.queryParam("until"),
                ctx.queryParam("by"),
                api.document(),
                api.clock().instant());
        if (!free.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
            ctx.header("Retry-After", Integer.toString(WAIT_SECONDS));
            throw new Unanswerable(503, "Try again", "Other statistics are being made.");
        }
        try {
            Json.answer(ctx, StatisticsDocument.of(Statistics.of(question, api.reads())));
        } finally {
            free.release();
        }
    }
}
