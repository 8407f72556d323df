package dev.sendstatus.bench;

import dev.sendstatus.provider.CallbackSimulator;
import dev.sendstatus.provider.CallbackSimulator.Outcome;
import dev.sendstatus.provider.CallbackSimulator.SignedCallback;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Signed requests ready to be sent, each with its length in front, for the load generator to read one after the other. */
final class RequestFile {
    /** How many other callbacks come between two of one message: some seconds of traffic. */
    private static final int BETWEEN = 2_000;

    private RequestFile() {}

    /** Writes callbacks of messages that are sent and then delivered, no two alike. @return how many bytes the bodies have on average */
    static double write(
            Path file,
            CallbackSimulator simulator,
            Map<String, String> settings,
            String publicUrl,
            String path,
            int count,
            RandomGenerator random)
            throws IOException {
        Instant now = Instant.now();
        List<Outcome> life =
                simulator.reports(Outcome.SENT) ? List.of(Outcome.SENT, Outcome.DELIVERED) : List.of(Outcome.DELIVERED);
        Deque<SimulatedMessage> later = new ArrayDeque<>();
        long bodies = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (int i = 0; i < count; i++) {
                SimulatedMessage message;
                if (later.size() > BETWEEN) {
                    message = later.remove();
                } else {
                    SimulatedMessage first = message(simulator, life.get(0), random, now);
                    message = first;
                    if (life.size() > 1) {
                        later.add(new SimulatedMessage(
                                first.id(),
                                first.from(),
                                first.to(),
                                life.get(1),
                                null,
                                first.sentAt(),
                                first.occurredAt().plusMillis(2_345),
                                first.text()));
                    }
                }
                SignedCallback callback = simulator.callback(message, settings, publicUrl + path, now);
                bodies += callback.body().length;
                byte[] request = request(callback, path);
                out.write(String.format("%08d", request.length).getBytes(StandardCharsets.US_ASCII));
                out.write(request);
            }
        }
        return (double) bodies / count;
    }

    private static SimulatedMessage message(
            CallbackSimulator simulator, Outcome outcome, RandomGenerator random, Instant now) {
        String from = "+1202555" + String.format("%04d", random.nextInt(100));
        String to = "+1" + (2_000_000_000L + random.nextLong(7_999_999_999L));
        return new SimulatedMessage(
                simulator.newMessageId(random, now),
                from,
                to,
                outcome,
                null,
                now,
                now.plusMillis(random.nextInt(1_000)),
                "Hi, this is Sam with the tenants' union. Can we count on you on Tuesday?");
    }

    private static byte[] request(SignedCallback callback, String path) {
        StringBuilder head = new StringBuilder(512);
        head.append(callback.method()).append(' ').append(path);
        if (callback.query() != null) {
            head.append('?').append(callback.query());
        }
        head.append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        callback.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(callback.body().length).append("\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
        byte[] request = new byte[start.length + callback.body().length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(callback.body(), 0, request, start.length, callback.body().length);
        return request;
    }
}
