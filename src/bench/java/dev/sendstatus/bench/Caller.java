package dev.sendstatus.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A connection with at most one request under way, attached to its key of a selector. The selector's thread. */
final class Caller {
    private final int number;
    private final SocketChannel channel;
    private final AnswerBuffer answer = new AnswerBuffer();

    /** @param number among those of the selector */
    Caller(int number, int port, Selector selector) throws IOException {
        this.number = number;
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    int number() {
        return number;
    }

    void ask(byte[] request) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(request);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    /** @return whether the answer is complete */
    boolean hasRead() {
        try {
            int got = channel.read(ByteBuffer.wrap(answer.room()).position(answer.length()));
            if (got < 0) {
                throw new IllegalStateException("the server closed a connection");
            }
            return answer.add(got);
        } catch (IOException e) {
            throw new IllegalStateException("a connection broke", e);
        }
    }

    /** The complete answer; the next one follows. */
    AnswerBuffer answer() {
        return answer;
    }

    static void closeAll(Selector selector) throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
    }
}
