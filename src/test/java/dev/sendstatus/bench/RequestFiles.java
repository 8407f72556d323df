package dev.sendstatus.bench;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.provider.CallbackSimulator;
import dev.sendstatus.provider.CallbackSimulator.Outcome;
import dev.sendstatus.provider.CallbackSimulator.SignedCallback;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Signed requests ready to be sent, each with its length in front: a file for each thread of the load generator, which reads it
 * from its beginning.
 *
 * @param base the files' path without their {@code .0}, {@code .1} …
 * @param callbacks what each file's requests say, in order
 * @param bodyBytes the bodies' average
 */
record RequestFiles(Path base, List<List<Said>> callbacks, double bodyBytes) {

    /** What one request says. */
    record Said(MessageKey message, Outcome outcome) {}

    private record Part(List<Said> callbacks, long bodyBytes) {}

    /** Writes callbacks of messages that are sent and then delivered, no two alike. @param path what the requests ask for */
    static RequestFiles write(Path base, Demo<?> demo, String path, int threads, int perThread, long seed) {
        List<Part> parts = IntStream.range(0, threads)
                .parallel()
                .mapToObj(thread -> part(base, demo, path, thread, perThread, seed))
                .toList();
        long bytes = parts.stream().mapToLong(Part::bodyBytes).sum();
        return new RequestFiles(
                base, parts.stream().map(Part::callbacks).toList(), (double) bytes / ((long) threads * perThread));
    }

    private static Part part(Path base, Demo<?> demo, String path, int thread, int count, long seed) {
        Instant now = Instant.now();
        MessageStream messages = new MessageStream(demo.adapter().simulator(), seed * 1_000 + thread, now);
        Said[] said = new Said[count];
        long bytes = 0;
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(Path.of(base + "." + thread)), 1 << 20)) {
            for (int i = 0; i < count; i++) {
                SimulatedMessage message = messages.next();
                CallbackSimulator simulator = demo.adapter().simulator();
                SignedCallback callback =
                        simulator.callback(message, demo.settings(), Demo.PUBLIC_URL + demo.path(), now);
                said[i] = new Said(new MessageKey(demo.adapter().provider(), message.id()), message.outcome());
                bytes += callback.body().length;
                byte[] request = request(callback, path);
                out.write(String.format("%08d", request.length).getBytes(StandardCharsets.US_ASCII));
                out.write(request);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Part(List.of(said), bytes);
    }

    static byte[] request(SignedCallback callback, String path) {
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
