package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Sends Bandwidth's callbacks from several threads, each of a message of its own, until it is stopped or the server is gone. */
final class Load implements AutoCloseable {
    /** So long each waits for its answer. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicLong slowestNanos = new AtomicLong();
    private volatile long lastAcknowledgedNanos;

    /** Sends callbacks. */
    Load(URI url, String prefix, int senders) {
        this(prefix, senders, id -> request(url, id));
    }

    /** @param request what is sent next; it is given a new name each time */
    Load(String prefix, int senders, Function<String, HttpRequest> request) {
        for (int i = 0; i < senders; i++) {
            String name = prefix + "-" + i + "-";
            Thread thread = new Thread(() -> send(request, name), name);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void send(Function<String, HttpRequest> request, String name) {
        for (int n = 0; !stopped.get(); n++) {
            String id = name + n;
            long began = System.nanoTime();
            try {
                HttpResponse<String> response = client.send(request.apply(id), BodyHandlers.ofString());
                slow(began);
                if (response.statusCode() == 200) {
                    acknowledged.add(id);
                    lastAcknowledgedNanos = System.nanoTime();
                } else {
                    refused.incrementAndGet();
                }
            } catch (HttpTimeoutException e) {
                slow(began);
                unanswered.incrementAndGet();
            } catch (IOException e) {
                // The server is gone, as the test wants it: what got no answer was not acknowledged.
                broken.incrementAndGet();
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void slow(long began) {
        slowestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
    }

    static String body(String id) {
        return """
                [{"time":"2026-11-25T12:00:00.000Z","type":"message-delivered","to":"+12025550143","description":"ok",\
                "message":{"id":"%s","owner":"+12025550199","applicationId":"93de2206-9669-4e07-948d-329f4b722ee2",\
                "time":"2026-11-25T11:59:58Z","segmentCount":1,"direction":"out","to":["+12025550143"],\
                "from":"+12025550199","text":"","tag":""}}]""".formatted(id);
    }

    static HttpRequest request(URI url, String id) {
        String credentials = Base64.getEncoder()
                .encodeToString((ServerProcess.USER + ":" + ServerProcess.PASSWORD).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Authorization", "Basic " + credentials)
                .POST(BodyPublishers.ofString(body(id)))
                .build();
    }

    Queue<String> acknowledged() {
        return acknowledged;
    }

    int refused() {
        return refused.get();
    }

    /** Forgets how slow it was until now: the first answers wait for both programs to warm up. */
    void warm() {
        slowestNanos.set(0);
    }

    /** How many senders have ended because their connection broke: none of a server that stays up. */
    int broken() {
        return broken.get();
    }

    /** How long the slowest answer took, of whatever kind, or was waited for without any. */
    Duration slowest() {
        return Duration.ofNanos(slowestNanos.get());
    }

    /** When the last of them was answered, by {@link System#nanoTime}. */
    long lastAcknowledgedNanos() {
        return lastAcknowledgedNanos;
    }

    /** Lets the requests under way end, and waits for them. Fails if any was not answered in {@link #PATIENCE}. */
    void join() throws InterruptedException {
        stopped.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(unanswered).as("requests without an answer").hasValue(0);
    }

    @Override
    public void close() {
        stopped.set(true);
        threads.forEach(Thread::interrupt);
    }
}
