package dev.sendstatus.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    /** Shorter than the second after which a system tries again that was not heard. */
    private static final int CONNECT_MILLIS = 800;

    @Test
    void hundredsOfConnectionsThatComeAtOnceAreHeardWhileNoneIsAcceptedYet() throws Exception {
        HttpSettings settings = new HttpSettings("127.0.0.1", 0, URI.create("https://status.example.com"), 10_000);
        Server server = new Server();
        ServerConnector connector =
                HttpServer.connector(settings, server, new HttpConfiguration(), server.getThreadPool());
        server.addConnector(connector);
        server.start();
        List<Socket> sockets = new ArrayList<>();
        try {
            connector.setAccepting(false);

            for (int i = 0; i < 300; i++) {
                Socket socket = new Socket();
                sockets.add(socket);
                socket.connect(new InetSocketAddress("127.0.0.1", connector.getLocalPort()), CONNECT_MILLIS);
            }

            assertThat(sockets).allMatch(Socket::isConnected);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
            server.stop();
        }
    }
}
