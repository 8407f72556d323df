package dev.sendstatus.api;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.event.Provider;
import dev.sendstatus.query.ErrorCodeList;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code GET /v1/error-codes}, the catalogue and what was seen of it; {@code …/{provider}/{code}}, one code. */
final class ErrorCodeRoutes {
    private final Reads reads;
    private final Catalogue catalogue;
    private final ErrorCodeList list;

    ErrorCodeRoutes(Reads reads, Catalogue catalogue) {
        this.reads = reads;
        this.catalogue = catalogue;
        this.list = new ErrorCodeList(catalogue);
    }

    void install(JavalinConfig config) {
        config.routes.get("/v1/error-codes", this::all);
        config.routes.get("/v1/error-codes/{provider}/{code}", this::one);
    }

    private void all(Context ctx) throws StoreException {
        String word = ctx.queryParam("provider");
        Optional<Provider> provider = word == null ? Optional.empty() : provider(word);
        if (word != null && provider.isEmpty()) {
            Problems.answer(ctx, new Problem(400, "Bad parameter", "provider is one of " + providers() + "."));
            return;
        }
        String known = ctx.queryParam("known");
        if (known != null && !known.equals("true") && !known.equals("false")) {
            Problems.answer(ctx, new Problem(400, "Bad parameter", "known is true or false."));
            return;
        }
        Json.answer(
                ctx,
                ErrorCodeList.page(list.items(
                        reads.errorCodes(), provider.orElse(null), known == null ? null : Boolean.valueOf(known))));
    }

    private void one(Context ctx) throws StoreException {
        Optional<Provider> provider = provider(ctx.pathParam("provider"));
        if (provider.isEmpty()) {
            Problems.answer(
                    ctx, new Problem(404, "No such provider", "The catalogue has codes of " + providers() + "."));
            return;
        }
        // An unknown code has an answer too: that it is unknown, and how often it came.
        Json.answer(
                ctx,
                list.item(reads.errorCodes(), provider.get(), ctx.pathParam("code"))
                        .json());
    }

    private Optional<Provider> provider(String word) {
        return catalogue.providers().stream()
                .filter(known -> known.word().equals(word))
                .findFirst();
    }

    private String providers() {
        return catalogue.providers().stream().map(Provider::word).collect(Collectors.joining(", "));
    }
}
