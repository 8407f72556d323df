package dev.sendstatus.api;

import dev.sendstatus.query.QuarantineDocument;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.replay.Replayer;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.QuarantinedCallback;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredCallback;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/quarantine}, what was not understood; {@code …/{number}}, one callback with its bytes; {@code POST
 * …/{number}/replay}, reading it again.
 */
final class QuarantineRoutes {
    /** So many digits always fit. */
    private static final int LONGEST_NUMBER = 18;

    private static final Problem NONE = new Problem(
            404,
            "Not in quarantine",
            "No callback of this number is in quarantine: it was never there, or has been understood since.");

    private final Reads reads;
    private final Replayer replayer;

    QuarantineRoutes(Reads reads, Replayer replayer, MeterRegistry meters) {
        this.reads = reads;
        this.replayer = replayer;
        Gauge.builder("sendstatus.quarantine", reads, QuarantineRoutes::size)
                .description("Callbacks in quarantine; NaN while the database does not answer")
                .register(meters);
    }

    private static double size(Reads reads) {
        try {
            return reads.callbacks().quarantineSize();
        } catch (StoreException e) {
            // A scrape must have an answer; that the database does not is another metric's matter.
            return Double.NaN;
        }
    }

    void install(JavalinConfig config) {
        config.routes.get("/v1/quarantine", this::page);
        config.routes.get("/v1/quarantine/{number}", this::one);
        config.routes.post("/v1/quarantine/{number}/replay", this::replay);
    }

    private void page(Context ctx) throws StoreException, WrongParameter {
        NumberedPage page = NumberedPage.of(ctx);
        page.answer(
                ctx,
                reads.callbacks().quarantine(page.before(), page.lookedFor()),
                QuarantinedCallback::number,
                one -> QuarantineDocument.item(one, raw(one)));
    }

    /** Its bytes hold a message text: for those only who may also change things. */
    private void one(Context ctx) throws StoreException {
        if (!TokenCheck.mayWrite(ctx)) {
            return;
        }
        Optional<QuarantinedCallback> found = quarantined(ctx);
        if (found.isEmpty()) {
            Problems.answer(ctx, NONE);
            return;
        }
        ctx.header("Cache-Control", "no-store");
        Json.answer(ctx, QuarantineDocument.whole(found.get(), raw(found.get())));
    }

    /** Null once retention has removed it. */
    private @Nullable RawCallback raw(QuarantinedCallback callback) throws StoreException {
        return reads.callbacks().one(callback.number()).map(StoredCallback::raw).orElse(null);
    }

    private void replay(Context ctx) throws StoreException {
        Optional<QuarantinedCallback> found = quarantined(ctx);
        Optional<Store.Applied> replayed =
                found.isEmpty() ? Optional.empty() : replayer.one(found.get().number());
        if (replayed.isEmpty()) {
            Problems.answer(ctx, NONE);
            return;
        }
        Incoming read = replayed.get().read();
        Json.answer(
                ctx,
                QuarantineDocument.replayed(
                        found.orElseThrow(),
                        read.events().size(),
                        replayed.get().added(),
                        read.quarantine()));
    }

    private Optional<QuarantinedCallback> quarantined(Context ctx) throws StoreException {
        OptionalLong number = number(ctx.pathParam("number"));
        return number.isEmpty() ? Optional.empty() : reads.callbacks().quarantined(number.getAsLong());
    }

    /** A number of plain digits; empty for anything else. */
    private static OptionalLong number(String text) {
        boolean digits = !text.isEmpty()
                && text.length() <= LONGEST_NUMBER
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
