package dev.sendstatus.relay;

import dev.sendstatus.outbound.PushAnswer;
import dev.sendstatus.outbound.PushClient;
import dev.sendstatus.outbound.PushClient.Push;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends several pushes to one endpoint at a time. Its threads end when nothing is sent. */
final class Sender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final int IDLE_SECONDS = 10;

    private final PushClient client;
    private final ThreadPoolExecutor threads;

    Sender(String endpoint, PushClient client, int concurrency) {
        this.client = client;
        this.threads = new ThreadPoolExecutor(
                concurrency,
                concurrency,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> new Thread(task, "push-" + endpoint));
        threads.allowCoreThreadTimeOut(true);
    }

    /** Sends it on another thread, which is told the answer. */
    void send(Supplier<Push> push, Consumer<PushAnswer> answered) {
        threads.execute(() -> answered.accept(sent(push)));
    }

    private PushAnswer sent(Supplier<Push> push) {
        try {
            return client.send(push.get());
        } catch (RuntimeException e) {
            LOG.error("a push could not be made", e);
            return new PushAnswer.Lost("it could not be made, by a mistake in Sendstatus: the log says more");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.close();
    }
}
