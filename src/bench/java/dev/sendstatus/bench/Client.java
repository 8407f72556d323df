package dev.sendstatus.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.HdrHistogram.Histogram;

/** One client's connection, with one request under way. One thread. */
final class Client implements AutoCloseable {
    private static final int ANSWER_MILLIS = 120_000;

    private final Socket socket;
    private final AnswerBuffer answer = new AnswerBuffer();

    Client(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_MILLIS);
    }

    /** The request that asks for that path of the API. */
    static byte[] question(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + ServerProcess.TOKEN
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** @return the answer's status */
    int ask(byte[] request) throws IOException {
        await(request);
        return answer.take();
    }

    /** @return the answer to what should be answered 200, with its head */
    String text(byte[] request) throws IOException {
        await(request);
        String text = answer.text();
        if (answer.take() != 200) {
            throw new IllegalStateException("what should be answered 200 is answered " + text);
        }
        return text;
    }

    private void await(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        InputStream in = socket.getInputStream();
        int got;
        do {
            try {
                got = in.read(answer.room(), answer.length(), answer.room().length - answer.length());
            } catch (SocketTimeoutException e) {
                throw new IOException("no answer within " + ANSWER_MILLIS + " ms", e);
            }
            if (got < 0) {
                throw new IOException("the server closed the connection");
            }
        } while (!answer.add(got));
    }

    /** Asks what should be answered 200, and records how long that takes, in microseconds. */
    void timed(byte[] request, Histogram latency) throws IOException {
        long begun = System.nanoTime();
        int status = ask(request);
        if (status != 200) {
            throw new IllegalStateException("what should be answered 200 is answered " + status + ": "
                    + new String(request, StandardCharsets.UTF_8)
                            .lines()
                            .findFirst()
                            .orElse(""));
        }
        latency.recordValue((System.nanoTime() - begun) / 1_000);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
