package dev.sendstatus.api;

import dev.sendstatus.ingest.ReadBarrier;
import dev.sendstatus.store.StoreException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Duration;

/**
 * Has each question under {@code /v1} see the callbacks that were acknowledged before it. In a burst, when that would take long, the answer's header
 * {@code Sendstatus-Behind} says by how many seconds it is behind.
 */
record BehindHeader(ReadBarrier barrier) {
    private static final String NAME = "Sendstatus-Behind";

    void install(JavalinConfig config) {
        config.routes.before("/v1/*", this::await);
    }

    private void await(Context ctx) throws StoreException {
        Duration behind = barrier.await();
        if (!behind.isZero()) {
            ctx.header(NAME, Long.toString(Math.max(1, behind.toSeconds())));
        }
    }
}
