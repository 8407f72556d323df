package dev.sendstatus.api.jetty;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Makes what accepts connections. Its selectors, a processor each, do what callbacks need until they wait for the disk: none of it blocks,
 * and a hand-over to another thread would take as long.
 */
public final class Connections {
    /** The system property that, set to {@code true}, has Jetty serve connections its own way: slower, and without what stands here. */
    public static final String STOCK = "sendstatus.stock-connections";

    private interface EndPoints {
        SocketChannelEndPoint of(
                SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler);
    }

    private Connections() {}

    /** Not yet bound to an address. */
    public static ServerConnector connector(Server server, HttpConfiguration http, Executor threads) {
        return Boolean.getBoolean(STOCK)
                ? connector(server, http, threads, SocketChannelEndPoint::new)
                : connector(server, http, new ConnectionExecutor(threads), KeptInterest::new);
    }

    private static ServerConnector connector(
            Server server, HttpConfiguration http, Executor executor, EndPoints endPoints) {
        int selectors = Runtime.getRuntime().availableProcessors();
        return new ServerConnector(server, executor, null, null, -1, selectors, new HttpConnectionFactory(http)) {
            @Override
            protected SocketChannelEndPoint newEndPoint(
                    SocketChannel channel, ManagedSelector selector, SelectionKey key) {
                SocketChannelEndPoint endPoint = endPoints.of(channel, selector, key, getScheduler());
                endPoint.setIdleTimeout(getIdleTimeout());
                return endPoint;
            }
        };
    }
}
