package dev.sendstatus.api;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The web server: the webhooks in front, Javalin's routes behind them. */
public final class HttpServer implements AutoCloseable {
    private static final int THREADS = 64;
    private static final int IDLE_THREADS = 8;
    private static final int STOP_MILLIS = 5_000;

    private final Javalin javalin;
    private final HttpSettings settings;

    /**
     * @param front asked first for every request
     * @param routes what Javalin serves
     */
    HttpServer(HttpSettings settings, Tokens tokens, Handler.Wrapper front, List<Consumer<JavalinConfig>> routes) {
        this.settings = settings;
        this.javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.startupWatcherEnabled = false;
            config.http.defaultContentType = "application/json";
            config.http.prefer405over404 = true;
            QueuedThreadPool threads = new QueuedThreadPool(THREADS, IDLE_THREADS);
            threads.setName("http");
            config.jetty.threadPool = threads;
            config.jetty.modifyHttpConfiguration(http -> {
                http.setSendServerVersion(false);
                // A message id is opaque: one with a slash or a percent sign in it must still be asked for.
                http.setUriCompliance(UriCompliance.UNSAFE);
            });
            config.jetty.modifyServletContextHandler(
                    servlets -> servlets.getServletHandler().setDecodeAmbiguousURIs(true));
            config.jetty.modifyServer(server -> {
                server.setStopTimeout(STOP_MILLIS);
                if (server.getHandler() != null) {
                    front.setHandler(server.getHandler());
                }
                // Waits, at a stop, for the requests under way, and refuses new ones meanwhile.
                server.setHandler(new GracefulHandler(front));
            });
            config.routes.before("/v1/*", new TokenCheck(tokens)::check);
            Problems.install(config);
            routes.forEach(route -> route.accept(config));
        });
    }

    /** Listens. @return itself */
    public HttpServer start() {
        javalin.start(settings.host(), settings.port());
        return this;
    }

    /** What Javalin serves, each as {@code GET /path}; the webhooks, which stand before it, are not among it. */
    List<String> routes() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint.method.name() + " " + handler.endpoint.path)
                .toList();
    }

    public int port() {
        return javalin.port();
    }

    /** Takes no more requests, and waits for those under way. */
    @Override
    public void close() {
        javalin.stop();
    }
}
