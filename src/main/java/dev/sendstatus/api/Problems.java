package dev.sendstatus.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.StoreException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns failures into answers, once for all routes. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    static void answer(Context ctx, Problem problem) {
        ctx.status(problem.status());
        ctx.contentType(Problem.MEDIA_TYPE);
        ctx.result(problem.json());
    }

    /** @param more fields beside those of every problem */
    static void answer(Context ctx, Problem problem, ObjectNode more) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", problem.detail());
        Json.answer(ctx, node.setAll(more));
        ctx.status(problem.status()).contentType(Problem.MEDIA_TYPE);
    }

    static void install(JavalinConfig config) {
        config.routes.exception(Unanswerable.class, (e, ctx) -> answer(ctx, e.problem(), e.more()));
        config.routes.exception(StoreException.Unavailable.class, (e, ctx) -> {
            ctx.header("Retry-After", "1");
            answer(ctx, new Problem(503, "Try again", "The database does not answer at the moment."));
            LOG.warn("{} {}: {}", ctx.method(), ctx.path(), e.getMessage());
        });
        config.routes.exception(
                WrongParameter.class,
                (e, ctx) -> answer(ctx, new Problem(400, "Bad parameter", String.valueOf(e.getMessage()))));
        config.routes.exception(HttpResponseException.class, (e, ctx) -> {
            if (e.getStatus() == 404) {
                answer(ctx, new Problem(404, "Not found", "There is nothing at this path."));
            } else if (e.getStatus() == 405) {
                answer(
                        ctx,
                        new Problem(405, "Method not allowed", "This path is not asked for by " + ctx.method() + "."));
            } else {
                answer(ctx, new Problem(e.getStatus(), "Request refused", String.valueOf(e.getMessage())));
            }
        });
        config.routes.exception(EofException.class, (e, ctx) -> {
            // The rest of the connection cannot be read either.
            ctx.header("Connection", "close");
            answer(
                    ctx,
                    new Problem(
                            400,
                            "Body cut short",
                            "The body ended before its announced length, or its chunks are not well-formed."));
        });
        config.routes.exception(UnsupportedCharsetException.class, (e, ctx) -> unknownCharset(ctx));
        config.routes.exception(IllegalCharsetNameException.class, (e, ctx) -> unknownCharset(ctx));
        config.routes.exception(Exception.class, (e, ctx) -> {
            LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
            answer(ctx, new Problem(500, "Internal error", "The request failed; the log says why."));
        });
    }

    private static void unknownCharset(Context ctx) {
        answer(
                ctx,
                new Problem(
                        415, "Unknown charset", "The charset in Content-Type is not known: send the body in UTF-8."));
    }
}
