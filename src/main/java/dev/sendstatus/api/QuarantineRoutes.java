package dev.sendstatus.api;

import dev.sendstatus.query.QuarantineDocument;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.QuarantinedCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Gauge;

/**
 * {@code GET /v1/quarantine}, the callbacks that were not understood; {@code …/{number}}, one callback with its bytes; {@code POST
 * …/{number}/replay}, reading it again.
 */
record QuarantineRoutes(Api api) {

    void install(JavalinConfig config) {
        Gauge.builder("sendstatus.quarantine", api.reads(), QuarantineRoutes::size)
                .description("Callbacks in quarantine; NaN while the database does not answer")
                .register(api.meters());
        config.routes.get("/v1/quarantine", this::page);
        config.routes.get("/v1/quarantine/{number}", this::one);
        config.routes.post("/v1/quarantine/{number}/replay", this::replay);
    }

    private static double size(Reads reads) {
        try {
            return reads.callbacks().quarantineSize();
        } catch (StoreException e) {
            // A scrape must have an answer; that the database does not is another metric's matter.
            return Double.NaN;
        }
    }

    private void page(Context ctx) throws StoreException, WrongParameter {
        NumberedPage page = NumberedPage.of(ctx);
        page.answer(
                ctx,
                api.reads().callbacks().quarantine(page.before(), page.lookedFor()),
                QuarantinedCallback::number,
                one -> QuarantineDocument.item(one, api.reads()));
    }

    /** Its bytes hold a message text, so a token of scope read is not enough. */
    private void one(Context ctx) throws StoreException, Unanswerable {
        TokenCheck.mustWrite(ctx);
        QuarantinedCallback found = api.quarantined(ctx.pathParam("number"));
        ctx.header("Cache-Control", "no-store");
        Json.answer(ctx, QuarantineDocument.whole(found, api.reads()));
    }

    private void replay(Context ctx) throws StoreException, Unanswerable {
        QuarantinedCallback found = api.quarantined(ctx.pathParam("number"));
        Store.Applied replayed = api.replayer().one(found.number()).orElseThrow(Api::notInQuarantine);
        Incoming read = replayed.read();
        Json.answer(ctx, QuarantineDocument.replayed(found, read.events().size(), replayed.added(), read.quarantine()));
    }
}
