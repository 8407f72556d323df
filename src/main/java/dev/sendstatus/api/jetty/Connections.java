package dev.sendstatus.api.jetty;

import java.util.concurrent.Executor;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Makes what accepts connections. Its selectors, a processor each, do what callbacks need until they wait for the disk: none of it blocks,
 * and a hand-over to another thread would take as long.
 */
public final class Connections {
    /** The system property that, set to {@code true}, has Jetty serve connections its own way: slower, and without what stands here. */
    public static final String STOCK = "sendstatus.stock-connections";

    private Connections() {}

    /** Not yet bound to an address. */
    public static ServerConnector connector(Server server, HttpConfiguration http, Executor threads) {
        Executor executor = Boolean.getBoolean(STOCK) ? threads : new ConnectionExecutor(threads);
        int selectors = Runtime.getRuntime().availableProcessors();
        return new ServerConnector(server, executor, null, null, -1, selectors, new HttpConnectionFactory(http));
    }
}
