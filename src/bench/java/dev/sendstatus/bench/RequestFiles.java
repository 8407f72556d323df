package dev.sendstatus.bench;

import dev.sendstatus.provider.CallbackSimulator.SignedCallback;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.IntStream;

/** Signed requests ready to be sent, each with its length in front: a file for each thread of the load generator. */
final class RequestFiles {
    private RequestFiles() {}

    /**
     * Writes callbacks of messages that are sent and then delivered, no two alike.
     *
     * @param path what the requests ask for
     * @return the files' path without their {@code .0}, {@code .1} …
     */
    static Path write(Path folder, Demo demo, String path, int files, int perFile) {
        Path base = folder.resolve("requests");
        long seed = System.nanoTime();
        IntStream.range(0, files).parallel().forEach(file -> write(file(base, file), demo, path, perFile, seed + file));
        return base;
    }

    static Path file(Path base, int number) {
        return Path.of(base + "." + number);
    }

    private static void write(Path file, Demo demo, String path, int count, long seed) {
        Instant now = Instant.now();
        MessageStream messages = new MessageStream(demo.adapter().simulator(), seed, now, false);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (int i = 0; i < count; i++) {
                SignedCallback callback = demo.adapter()
                        .simulator()
                        .callback(messages.next(), demo.settings(), Demo.PUBLIC_URL + demo.path(), now);
                byte[] request = request(callback, path);
                out.write("%08d".formatted(request.length).getBytes(StandardCharsets.US_ASCII));
                out.write(request);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] request(SignedCallback callback, String path) throws IOException {
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
        ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + callback.body().length);
        request.write(head.toString().getBytes(StandardCharsets.UTF_8));
        request.write(callback.body());
        return request.toByteArray();
    }

    /** The next of a file's requests. */
    static byte[] read(DataInputStream in) throws IOException {
        byte[] length = in.readNBytes(8);
        if (length.length < 8) {
            throw new IOException("the load generator ran out of requests");
        }
        return in.readNBytes(Integer.parseInt(new String(length, StandardCharsets.US_ASCII)));
    }
}
