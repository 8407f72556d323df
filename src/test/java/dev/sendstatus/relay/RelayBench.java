package dev.sendstatus.relay;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.event.Source;
import dev.sendstatus.outbound.Destination;
import dev.sendstatus.outbound.SigningSecret;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.TextMessage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** How many changes a second are pushed to a receiver that answers at once, on this host: {@code RelayBench [MESSAGES]}. */
final class RelayBench {
    private static final int BATCH = 500;
    private static final byte[] OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private RelayBench() {}

    public static void main(String[] arguments) throws Exception {
        int messages = arguments.length == 0 ? 20_000 : Integer.parseInt(arguments[0]);
        AtomicInteger received = new AtomicInteger();
        try (TestDatabase database = TestDatabase.opened();
                ServerSocket receiver = new ServerSocket(0)) {
            fill(database, messages);
            Thread accepting = new Thread(() -> accept(receiver, received), "receiver");
            accepting.setDaemon(true);
            accepting.start();
            EndpointSettings endpoint = new EndpointSettings(
                    "bench",
                    new Destination(
                            Destination.url("http://127.0.0.1:" + receiver.getLocalPort() + "/hook", true),
                            List.of(SigningSecret.read(SigningSecret.make())),
                            Duration.ofSeconds(15),
                            true),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    8,
                    true);
            MessageDocument document = new MessageDocument(
                    SendStatus.SENT,
                    Catalogue.of(List.of(TextMessage.TWILIO.provider())),
                    new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7)));
            try (Relay relay = new Relay(
                    List.of(endpoint),
                    database.store(),
                    database.reads(),
                    document,
                    InstantSource.system(),
                    new SimpleMeterRegistry())) {
                relay.start(true);
                int last = 0;
                while (last < 2 * messages) {
                    long began = System.nanoTime();
                    Thread.sleep(1_000);
                    int now = received.get();
                    System.out.printf(
                            Locale.ROOT,
                            "%,d pushes, %,.0f/s%n",
                            now,
                            (now - last) * 1e9 / (System.nanoTime() - began));
                    last = now;
                }
            }
        }
    }

    private static void fill(TestDatabase database, int messages) throws Exception {
        RawCallback raw = new RawCallback("POST", null, null, new byte[0]);
        for (Progress progress : List.of(Progress.SENT, Progress.DELIVERED)) {
            List<Incoming> batch = new ArrayList<>();
            for (int i = 0; i < messages; i++) {
                DeliveryEvent event = DeliveryEvent.of(
                                new MessageKey(TextMessage.TWILIO.provider(), "SM" + i),
                                Direction.OUTBOUND,
                                progress,
                                progress.name().toLowerCase(Locale.ROOT))
                        .to("+12025550123")
                        .build();
                batch.add(new Incoming(TextMessage.TWILIO, Source.WEBHOOK, Instant.now(), raw, List.of(event), null));
                if (batch.size() == BATCH || i == messages - 1) {
                    database.store().commit(batch);
                    batch.clear();
                }
            }
        }
    }

    private static void accept(ServerSocket receiver, AtomicInteger received) {
        try {
            while (true) {
                Socket socket = receiver.accept();
                Thread thread = new Thread(() -> serve(socket, received));
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) {
            // Closed at the end.
        }
    }

    private static void serve(Socket socket, AtomicInteger received) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 16_384);
            socket.setTcpNoDelay(true);
            while (true) {
                StringBuilder head = new StringBuilder();
                while (!ended(head)) {
                    int next = in.read();
                    if (next < 0) {
                        return;
                    }
                    head.append((char) next);
                }
                String lower = head.toString().toLowerCase(Locale.ROOT);
                int at = lower.indexOf("content-length:") + "content-length:".length();
                int length = Integer.parseInt(
                        lower.substring(at, lower.indexOf('\r', at)).strip());
                in.readNBytes(length);
                received.incrementAndGet();
                socket.getOutputStream().write(OK);
            }
        } catch (IOException e) {
            // Closed by the other side.
        }
    }

    private static boolean ended(StringBuilder head) {
        int length = head.length();
        return length > 3 && head.charAt(length - 1) == '\n' && head.charAt(length - 3) == '\n';
    }
}
