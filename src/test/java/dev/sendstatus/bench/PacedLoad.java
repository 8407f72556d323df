package dev.sendstatus.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Callbacks at a steady rate, whether or not the earlier ones have been answered. An answer's time counts from when its
 * request was due, not from when it could be sent, so that a server that stalls cannot hide it by holding the next ones up.
 *
 * <p>One thread sends and one receives, however many connections there are: a thread each would take the processors from the
 * server that is measured, with a wake-up for each request.
 */
final class PacedLoad {
    private static final int ANSWER_MILLIS = 10_000;
    private static final long LONGEST_MICROS = 60_000_000;

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
        long count = (long) (rate * seconds);
        List<Caller> callers = new ArrayList<>();
        try (Selector selector = Selector.open();
                DataInputStream in =
                        new DataInputStream(new BufferedInputStream(Files.newInputStream(requests), 1 << 20))) {
            BlockingQueue<Caller> free = new ArrayBlockingQueue<>(connections);
            for (int i = 0; i < connections; i++) {
                Caller caller = new Caller(port, selector);
                callers.add(caller);
                free.add(caller);
            }
            Receiver receiver = new Receiver(selector, free, count);
            Thread answers = new Thread(receiver, "answers");
            answers.start();
            long start = System.nanoTime() + 50_000_000;
            for (long number = 0; number < count; number++) {
                byte[] request = read(in);
                long due = start + (long) (number * 1e9 / rate);
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                Caller caller = free.poll(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
                if (caller == null) {
                    break;
                }
                caller.ask(request, due);
            }
            answers.join();
            return receiver.result((System.nanoTime() - start) / 1e9);
        } finally {
            for (Caller caller : callers) {
                caller.channel.close();
            }
        }
    }

    /** The next of a file's requests. */
    static byte[] read(DataInputStream in) throws IOException {
        byte[] length = in.readNBytes(8);
        if (length.length < 8) {
            throw new IOException("the load generator ran out of requests");
        }
        return in.readNBytes(Integer.parseInt(new String(length, StandardCharsets.US_ASCII)));
    }

    /** A connection with at most one request under way: asked by the sender, then read by the receiver, until it is free again. */
    private static final class Caller {
        private final SocketChannel channel;
        private final AnswerBuffer answer = new AnswerBuffer();
        private volatile long due;

        Caller(int port, Selector selector) throws IOException {
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void ask(byte[] request, long dueAt) throws IOException {
            due = dueAt;
            ByteBuffer left = ByteBuffer.wrap(request);
            while (left.hasRemaining()) {
                channel.write(left);
            }
        }

        /** @return whether the answer is complete */
        boolean read() throws IOException {
            int got =
                    channel.read(ByteBuffer.wrap(answer.bytes, answer.length(), answer.bytes.length - answer.length()));
            if (got < 0) {
                throw new IOException("the server closed the connection");
            }
            return answer.add(got);
        }
    }

    /** Takes the answers of all connections. */
    private static final class Receiver implements Runnable {
        private final Selector selector;
        private final BlockingQueue<Caller> free;
        private final long count;
        private final Histogram latency = new Histogram(LONGEST_MICROS, 3);
        private long answered;
        private long refused;
        private @Nullable IOException failure;

        Receiver(Selector selector, BlockingQueue<Caller> free, long count) {
            this.selector = selector;
            this.free = free;
            this.count = count;
        }

        @Override
        public void run() {
            try {
                while (answered + refused < count) {
                    if (selector.select(this::take, ANSWER_MILLIS) == 0) {
                        throw new IOException("no answer within " + ANSWER_MILLIS + " ms");
                    }
                    if (failure != null) {
                        return;
                    }
                }
            } catch (IOException e) {
                failure = e;
            }
        }

        private void take(SelectionKey key) {
            Caller caller = (Caller) key.attachment();
            try {
                if (caller.read()) {
                    latency.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - caller.due) / 1_000));
                    if (caller.answer.take() == 200) {
                        answered++;
                    } else {
                        refused++;
                    }
                    free.add(caller);
                }
            } catch (IOException e) {
                key.cancel();
                failure = e;
            }
        }

        /** Once it has ended. */
        Result result(double seconds) throws IOException {
            if (failure != null) {
                throw failure;
            }
            return new Result(latency, answered, refused, seconds);
        }
    }

    /** One client's connection, with one request under way. */
    static final class Connection implements AutoCloseable {
        private final Socket socket;
        private final AnswerBuffer answer = new AnswerBuffer();

        Connection(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_MILLIS);
        }

        /** @return the answer's status */
        int ask(byte[] request) throws IOException {
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            int got;
            do {
                try {
                    got = in.read(answer.bytes, answer.length(), answer.bytes.length - answer.length());
                } catch (SocketTimeoutException e) {
                    throw new IOException("no answer within " + ANSWER_MILLIS + " ms", e);
                }
                if (got < 0) {
                    throw new IOException("the server closed the connection");
                }
            } while (!answer.add(got));
            return answer.take();
        }

        /** Asks what should be answered 200, and records how long that takes, in microseconds. */
        void timed(byte[] request, Histogram latency) throws IOException {
            long begun = System.nanoTime();
            int status = ask(request);
            if (status != 200) {
                throw new IllegalStateException("a request that should be answered 200 is answered " + status);
            }
            latency.recordValue((System.nanoTime() - begun) / 1_000);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
