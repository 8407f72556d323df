package dev.sendstatus.api.jetty;

import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.javalin.router.InternalRouter;
import io.javalin.router.ParsedEndpoint;
import java.util.List;

/** The paths that Javalin serves, read from its insides: it has no public list of them. */
public final class Router {
    private Router() {}

    /** Answers HEAD as GET, whose body Jetty drops. Javalin would answer every HEAD with 200, also of a path that is not there. */
    public static void answerHead(Javalin javalin) {
        InternalRouter router = javalin.unsafe.internalRouter;
        for (ParsedEndpoint parsed : List.copyOf(router.allHttpHandlers())) {
            Endpoint endpoint = parsed.endpoint;
            if (endpoint.method.equals(HandlerType.GET)) {
                router.addHttpEndpoint(new Endpoint(HandlerType.HEAD, endpoint.path, endpoint.handler));
            }
        }
    }

    /** Each as {@code GET /path}; HEAD goes without saying. */
    public static List<String> routes(Javalin javalin) {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .filter(handler -> !handler.endpoint.method.equals(HandlerType.HEAD))
                .map(handler -> handler.endpoint.method.name() + " " + handler.endpoint.path)
                .toList();
    }
}
