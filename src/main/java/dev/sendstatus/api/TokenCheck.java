package dev.sendstatus.api;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TokenScope;
import io.javalin.http.Context;
import java.util.Set;

/** Stands before every route of the API: lets a request through that its token allows, and answers all others. */
record TokenCheck(Tokens tokens) {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    /** Asks for states by a list of ids, which is too long for a URL, and changes nothing. */
    private static final String LOOKUP = "/v1/messages/lookup";

    private static final Problem MAY_ONLY_READ = new Problem(
            403,
            "Token may only read",
            "This needs a token of scope write: sendstatus token create NAME --scope write.");
    private static final String SCOPE = "sendstatus.scope";

    void check(Context ctx) throws StoreException {
        Tokens.Access access = tokens.access(ctx.header("Authorization"), ctx.ip());
        if (access instanceof Tokens.Access.Granted granted) {
            ctx.attribute(SCOPE, granted.scope());
            if (granted.scope() == TokenScope.READ && writes(ctx)) {
                stop(ctx, MAY_ONLY_READ);
            }
        } else if (access instanceof Tokens.Access.Limited limited) {
            ctx.header("Retry-After", Long.toString(limited.seconds()));
            stop(
                    ctx,
                    new Problem(
                            429,
                            "Too many wrong tokens",
                            "Wait " + limited.seconds() + " s, then send a token that is good."));
        } else {
            ctx.header("WWW-Authenticate", "Bearer");
            stop(
                    ctx,
                    new Problem(
                            401,
                            "Token missing or wrong",
                            "Send Authorization: Bearer TOKEN with the token of api.token, or one that sendstatus token"
                                    + " create has made."));
        }
    }

    /** For a route that only reads, and still is not for everybody. */
    static void mustWrite(Context ctx) throws Unanswerable {
        if (ctx.attribute(SCOPE) != TokenScope.WRITE) {
            throw new Unanswerable(MAY_ONLY_READ);
        }
    }

    private static boolean writes(Context ctx) {
        String method = ctx.method().name();
        return !READING.contains(method)
                && !(method.equals("POST") && ctx.path().equals(LOOKUP));
    }

    private static void stop(Context ctx, Problem problem) {
        Problems.answer(ctx, problem);
        ctx.skipRemainingHandlers();
    }
}
