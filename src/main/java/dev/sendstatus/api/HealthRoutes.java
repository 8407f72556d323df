package dev.sendstatus.api;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import io.javalin.config.JavalinConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.LongSupplier;

/** {@code /healthz}: the process is alive. {@code /readyz}: a commit succeeds. {@code /metrics}: for Prometheus. */
final class HealthRoutes {
    private static final long PROBED_FOR_NANOS = 500_000_000L;

    private final Store store;
    private final PrometheusMeterRegistry meters;
    private final LongSupplier nanoTime;

    // Guarded by this. Frequent questions must not make the disk sync as often.
    private long probedAt;
    private boolean probed;
    private boolean ready;

    HealthRoutes(Store store, PrometheusMeterRegistry meters, LongSupplier nanoTime) {
        this.store = store;
        this.meters = meters;
        this.nanoTime = nanoTime;
    }

    void install(JavalinConfig config) {
        config.routes.get("/healthz", ctx -> ctx.contentType("text/plain").result("ok\n"));
        config.routes.get("/readyz", ctx -> {
            if (ready()) {
                ctx.contentType("text/plain").result("ready\n");
            } else {
                ctx.header("Retry-After", "1");
                Problems.answer(ctx, new Problem(503, "Not ready", "The database cannot commit at the moment."));
            }
        });
        config.routes.get(
                "/metrics",
                ctx -> ctx.contentType("text/plain; version=0.0.4; charset=utf-8")
                        .result(meters.scrape()));
    }

    private synchronized boolean ready() {
        long now = nanoTime.getAsLong();
        if (!probed || now - probedAt > PROBED_FOR_NANOS) {
            try {
                store.probe();
                ready = true;
            } catch (StoreException e) {
                ready = false;
            }
            probed = true;
            probedAt = nanoTime.getAsLong();
        }
        return ready;
    }
}
