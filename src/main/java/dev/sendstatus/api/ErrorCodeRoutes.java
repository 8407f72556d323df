package dev.sendstatus.api;

import dev.sendstatus.query.ErrorCodeList;
import dev.sendstatus.query.ParameterText;
import io.javalin.config.JavalinConfig;

/** {@code GET /v1/error-codes}, the catalogue and how often each code came; {@code …/{provider}/{code}}, one code. */
record ErrorCodeRoutes(Api api) {

    void install(JavalinConfig config) {
        config.routes.get(
                "/v1/error-codes",
                ctx -> Json.answer(
                        ctx,
                        ErrorCodeList.page(api.errorCodeList()
                                .items(
                                        api.reads().errorCodes(),
                                        ctx.queryParam("provider"),
                                        ParameterText.flag("known", ctx.queryParam("known"))))));
        // An unknown code has an answer too: that it is unknown, and how often it came.
        config.routes.get(
                "/v1/error-codes/{provider}/{code}",
                ctx -> Json.answer(
                        ctx,
                        api.errorCodeList()
                                .item(
                                        api.reads().errorCodes(),
                                        api.provider(ctx.pathParam("provider")),
                                        ctx.pathParam("code"))
                                .json()));
    }
}
