package dev.sendstatus.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Callbacks at a steady rate, whether or not the earlier ones have been answered. An answer's time counts from when its
 * request was due, not from when it could be sent, so that a server that stalls cannot hide it by holding the next ones up.
 */
final class PacedLoad {
    private static final int ANSWER_MILLIS = 10_000;

    private final int port;
    private final int connections;

    PacedLoad(int port, int connections) {
        this.port = port;
        this.connections = connections;
    }

    /**
     * @param latency from due to answered, in microseconds
     * @param answered how many with 200
     * @param refused how many with anything else
     */
    record Result(Histogram latency, long answered, long refused, double seconds) {
        double millis(double percentile) {
            return latency.getValueAtPercentile(percentile) / 1e3;
        }
    }

    /** @param requests a single file, of at least rate times seconds */
    Result run(Path requests, double rate, int seconds) throws IOException, InterruptedException {
        AtomicLong answered = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        Histogram all = new Histogram(60_000_000, 3);
        List<Thread> threads = new ArrayList<>();
        List<IOException> failures = new ArrayList<>();
        long start = System.nanoTime() + 50_000_000;
        long count = (long) (rate * seconds);
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(requests), 1 << 20))) {
            AtomicLong next = new AtomicLong();
            for (int i = 0; i < connections; i++) {
                threads.add(new Thread(() -> {
                    Histogram latency = new Histogram(60_000_000, 3);
                    try (Connection connection = new Connection(port)) {
                        while (true) {
                            byte[] request;
                            long number;
                            synchronized (in) {
                                number = next.getAndIncrement();
                                if (number >= count) {
                                    break;
                                }
                                request = read(in);
                            }
                            long due = start + (long) (number * 1e9 / rate);
                            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                                LockSupport.parkNanos(left);
                            }
                            (connection.ask(request) == 200 ? answered : refused).incrementAndGet();
                            latency.recordValue(Math.min(60_000_000, (System.nanoTime() - due) / 1_000));
                        }
                    } catch (IOException e) {
                        synchronized (failures) {
                            failures.add(e);
                        }
                    }
                    synchronized (all) {
                        all.add(latency);
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        return new Result(all, answered.get(), refused.get(), (System.nanoTime() - start) / 1e9);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        byte[] length = in.readNBytes(8);
        if (length.length < 8) {
            throw new IOException("the load generator ran out of requests");
        }
        return in.readNBytes(Integer.parseInt(new String(length, StandardCharsets.US_ASCII)));
    }

    /** One client's connection, with one request under way. */
    static final class Connection implements AutoCloseable {
        private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        private static final String LENGTH = "content-length: ";

        private final Socket socket;
        private final byte[] answer = new byte[1 << 16];

        Connection(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_MILLIS);
        }

        /** @return the answer's status */
        int ask(byte[] request) throws IOException {
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            int length = 0;
            int end = -1;
            int wanted = Integer.MAX_VALUE;
            while (length < wanted) {
                int got;
                try {
                    got = in.read(answer, length, answer.length - length);
                } catch (SocketTimeoutException e) {
                    throw new IOException("no answer within " + ANSWER_MILLIS + " ms", e);
                }
                if (got < 0) {
                    throw new IOException("the server closed the connection");
                }
                length += got;
                if (end < 0) {
                    end = endOfHead(length);
                    if (end >= 0) {
                        wanted = end + bodyLength(end);
                    }
                }
            }
            return Integer.parseInt(new String(answer, 9, 3, StandardCharsets.US_ASCII));
        }

        private int endOfHead(int length) {
            for (int i = 0; i + END.length <= length; i++) {
                if (answer[i] == END[0]
                        && answer[i + 1] == END[1]
                        && answer[i + 2] == END[2]
                        && answer[i + 3] == END[3]) {
                    return i + END.length;
                }
            }
            return -1;
        }

        private int bodyLength(int end) {
            String head = new String(answer, 0, end, StandardCharsets.US_ASCII).toLowerCase(java.util.Locale.ROOT);
            int at = head.indexOf(LENGTH);
            return at < 0
                    ? 0
                    : Integer.parseInt(head.substring(at + LENGTH.length(), head.indexOf('\r', at))
                            .strip());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
