package dev.sendstatus.api;

import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.query.Statistics;
import dev.sendstatus.query.StatisticsDocument;
import dev.sendstatus.query.StatisticsQuestion;
import dev.sendstatus.query.TooManyGroups;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** {@code GET /v1/stats}: what became of the messages of a time, all together and in groups. */
final class StatsRoutes {
    private static final Set<String> PARAMETERS = new TreeSet<>(Set.of("since", "until", "by"));
    /** As long as a few of a day take one after another. */
    private static final int WAIT_SECONDS = 10;

    private final Reads reads;
    private final MessageDocument document;
    private final StuckLimits limits;
    private final InstantSource clock;
    /** One at a time takes all processors, so more at once would take as long, and a reader's connection each. */
    private final Semaphore free = new Semaphore(1, true);

    StatsRoutes(Reads reads, MessageDocument document, StuckLimits limits, InstantSource clock) {
        this.reads = reads;
        this.document = document;
        this.limits = limits;
        this.clock = clock;
    }

    void install(JavalinConfig config) {
        config.routes.get("/v1/stats", this::answer);
    }

    private void answer(Context ctx) throws StoreException, InterruptedException, WrongParameter {
        StatisticsQuestion question = question(ctx);
        if (!free.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
            ctx.header("Retry-After", Integer.toString(WAIT_SECONDS));
            Problems.answer(ctx, new Problem(503, "Try again", "Other statistics are being made."));
            return;
        }
        try {
            Json.answer(ctx, StatisticsDocument.of(Statistics.of(question, reads)));
        } catch (TooManyGroups e) {
            Problems.answer(ctx, new Problem(400, "Bad parameter", String.valueOf(e.getMessage())));
        } finally {
            free.release();
        }
    }

    private StatisticsQuestion question(Context ctx) throws WrongParameter {
        for (Map.Entry<String, List<String>> parameter : ctx.queryParamMap().entrySet()) {
            if (!PARAMETERS.contains(parameter.getKey())) {
                throw new WrongParameter(
                        parameter.getKey() + " is no parameter here; there are " + String.join(", ", PARAMETERS) + ".");
            }
            if (parameter.getValue().size() > 1) {
                throw new WrongParameter(parameter.getKey() + " is given once, not several times.");
            }
        }
        return StatisticsQuestion.of(
                ctx.queryParam("since"),
                ctx.queryParam("until"),
                ctx.queryParam("by"),
                document,
                limits,
                clock.instant());
    }
}
