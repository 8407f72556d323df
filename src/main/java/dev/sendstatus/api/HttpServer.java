package dev.sendstatus.api;

import dev.sendstatus.api.jetty.Connections;
import dev.sendstatus.api.jetty.Dispatched;
import dev.sendstatus.api.jetty.Router;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The web server: the webhooks in front, Javalin's routes behind them. */
public final class HttpServer implements AutoCloseable {
    private static final int THREADS = 64;
    private static final int IDLE_THREADS = 8;
    private static final int STOP_MILLIS = 5_000;
    /** Larger headers get a larger buffer. */
    private static final int RESPONSE_HEADER_BYTES = 4_096;
    /**
     * Connections that wait to be accepted. With Java's 50 some of a few hundred providers' connections that come at once are not taken note of,
     * and their requests come 200 ms later, or 400, or 800.
     */
    private static final int ACCEPT_QUEUE = 1_024;
    /** For a connection to be closed at a stop on which nothing is under way. */
    private static final int IDLE_STOP_MILLIS = 20;
    /** For requests to end at a stop before they count as under way. */
    private static final int ENDING_MILLIS = 100;

    private final Javalin javalin;
    private final GracefulHandler graceful;

    /**
     * @param refused answers the requests that the web server itself refuses
     * @param front asked first for every request
     * @param routes what Javalin serves
     */
    HttpServer(
            HttpSettings settings,
            Tokens tokens,
            RefusedRequests refused,
            Handler.Wrapper front,
            List<Consumer<JavalinConfig>> routes) {
        // Waits, at a stop, for the requests under way, and refuses new ones meanwhile.
        this.graceful = new GracefulHandler(front);
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
                // Only a limit: a connection takes what its requests need.
                http.setRequestHeaderSize(RefusedRequests.MAX_HEADER_BYTES);
                // Of another size than the buffers that requests are read into, among which a free one had to be
                // searched for each answer.
                http.setResponseHeaderSize(RESPONSE_HEADER_BYTES);
                // Of each connection, 100 KB: more than all else of it, and what changes with each callback fills it.
                http.setHeaderCacheSize(0);
                // A message id is opaque: one with a slash or a percent sign in it must still be asked for.
                http.setUriCompliance(UriCompliance.UNSAFE);
            });
            config.jetty.modifyServletContextHandler(
                    servlets -> servlets.getServletHandler().setDecodeAmbiguousURIs(true));
            config.jetty.modifyServer(server -> {
                server.setStopTimeout(STOP_MILLIS);
                server.setErrorHandler(refused);
                front.setHandler(new Dispatched(server.getHandler()));
                server.setHandler(graceful);
            });
            config.jetty.addConnector((server, http) -> connector(settings, server, http, threads));
            config.routes.before("/v1/*", new TokenCheck(tokens)::check);
            Problems.install(config);
            routes.forEach(route -> route.accept(config));
        });
        Router.answerHead(javalin);
    }

    static ServerConnector connector(HttpSettings settings, Server server, HttpConfiguration http, Executor threads) {
        ServerConnector connector = Connections.connector(server, http, threads);
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        return connector;
    }

    /** Listens. @return itself */
    public HttpServer start() {
        javalin.start();
        return this;
    }

    /** The routes that Javalin serves, each as {@code GET /path}, without those of HEAD. The webhooks stand before Javalin. */
    List<String> routes() {
        return Router.routes(javalin);
    }

    public int port() {
        return javalin.port();
    }

    /** Takes no more requests, and waits for those under way. */
    @Override
    public void close() {
        // A client has its answer a moment before the request has ended here.
        graceful.shutdown()
                .copy()
                .completeOnTimeout(null, ENDING_MILLIS, TimeUnit.MILLISECONDS)
                .join();
        if (graceful.getCurrentRequestCount() == 0) {
            // Clients keep their connections open; Jetty would wait a second for each to become idle.
            for (Connector connector : graceful.getServer().getConnectors()) {
                if (connector instanceof AbstractConnector listening) {
                    listening.setShutdownIdleTimeout(IDLE_STOP_MILLIS);
                }
            }
        }
        javalin.stop();
    }
}
