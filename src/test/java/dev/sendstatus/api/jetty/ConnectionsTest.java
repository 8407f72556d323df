package dev.sendstatus.api.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Requests that are answered later, on another thread, as callbacks are. It fails where another version of Jetty does not do what
 * {@link ConnectionExecutor} expects of it.
 */
class ConnectionsTest {
    private final Queue<Callback> underWay = new ConcurrentLinkedQueue<>();
    private final AtomicInteger handedToThePool = new AtomicInteger();
    private final Server server = new Server();
    private ServerConnector connector;
    private Socket client;
    private BufferedReader answers;

    @BeforeEach
    void connect() throws Exception {
        connector = Connections.connector(server, new HttpConfiguration(), this::execute);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                underWay.add(callback);
                return true;
            }
        });
        server.start();
        client = new Socket("127.0.0.1", connector.getLocalPort());
        answers = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.stop();
    }

    @Test
    void theThreadThatAnswersGoesOnWithTheConnectionAndWakesNone() throws Exception {
        for (int i = 0; i < 3; i++) {
            ask();
            await().until(() -> underWay.size() == 1);
            handedToThePool.set(0);
            answer();
            assertThat(answered()).isEqualTo(200);
            assertThat(handedToThePool).hasValue(0);
        }
    }

    @Test
    void aRequestThatComesBeforeTheAnswerToTheLastIsReadAfterIt() throws Exception {
        ask();
        await().until(() -> underWay.size() == 1);
        ask();
        answer();
        assertThat(answered()).isEqualTo(200);
        await().until(() -> underWay.size() == 1);
        answer();
        assertThat(answered()).isEqualTo(200);
    }

    @Test
    void aConnectionThatIsClosedBeforeTheAnswerIsForgottenAfterIt() throws Exception {
        ask();
        await().until(() -> underWay.size() == 1);
        client.close();
        answer();
        await().until(() -> connector.getConnectedEndPoints().isEmpty());
    }

    private void execute(Runnable task) {
        handedToThePool.incrementAndGet();
        server.getThreadPool().execute(task);
    }

    private void ask() throws IOException {
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private void answer() {
        ConnectionExecutor.goOnHere(() -> underWay.remove().succeeded());
    }

    private int answered() throws IOException {
        String status = answers.readLine();
        for (String line = status; !line.isEmpty(); line = answers.readLine()) {
            assertThat(line).doesNotStartWith("Transfer-Encoding");
        }
        return Integer.parseInt(status.split(" ")[1]);
    }
}
