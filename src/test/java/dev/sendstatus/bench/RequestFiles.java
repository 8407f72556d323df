package dev.sendstatus.bench;

import dev.sendstatus.provider.CallbackSimulator.SignedCallback;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.stream.IntStream;

/**
 * Signed requests ready to be sent, each with its length in front: a file for each thread of the load generator, which reads it
 * from its beginning. What they say is not kept, so that the server in this process has its heap to itself; it can be made again.
 *
 * @param base the files' path without their {@code .0}, {@code .1} …
 * @param seed what the messages come from
 * @param madeAt likewise
 * @param bodyBytes the bodies' average
 */
record RequestFiles(Path base, Demo<?> demo, long seed, Instant madeAt, double bodyBytes) {

    /** Writes callbacks of messages that are sent and then delivered, no two alike. @param path what the requests ask for */
    static RequestFiles write(Path base, Demo<?> demo, String path, int threads, int perThread, long seed) {
        Instant now = Instant.now();
        RequestFiles files = new RequestFiles(base, demo, seed, now, 0);
        long bytes = IntStream.range(0, threads)
                .parallel()
                .mapToLong(thread -> files.write(path, thread, perThread))
                .sum();
        return new RequestFiles(base, demo, seed, now, (double) bytes / ((long) threads * perThread));
    }

    /** What a file's requests say, in their order. */
    MessageStream messages(int thread) {
        return new MessageStream(demo.adapter().simulator(), seed * 1_000 + thread, madeAt);
    }

    /** @return how many bytes the bodies have */
    private long write(String path, int thread, int count) {
        MessageStream messages = messages(thread);
        long bytes = 0;
        try (FileChannel file = FileChannel.open(
                        Path.of(base + "." + thread),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file), 1 << 20)) {
            for (int i = 0; i < count; i++) {
                SignedCallback callback = demo.adapter()
                        .simulator()
                        .callback(messages.next(), demo.settings(), Demo.PUBLIC_URL + demo.path(), madeAt);
                bytes += callback.body().length;
                byte[] request = request(callback, path);
                out.write(String.format("%08d", request.length).getBytes(StandardCharsets.US_ASCII));
                out.write(request);
            }
            out.flush();
            // Else the server's first sync waits for these bytes too.
            file.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
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
