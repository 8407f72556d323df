package dev.sendstatus.cli;

import dev.sendstatus.cli.SimulatedTraffic.Planned;
import dev.sendstatus.provider.CallbackSimulator.SignedCallback;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends callbacks as a provider does: many at once, and again while the answer is 503 or none. Its threads send; one thread
 * gives it callbacks and waits where too many are under way.
 */
final class CallbackPost implements AutoCloseable {
    private static final Duration WITHOUT_RETRY_AFTER = Duration.ofSeconds(1);
    private static final long LONGEST_WAIT_SECONDS = 30;
    /** A person who starts this before the server hears so within this time, not after a minute. */
    private static final Duration FIRST_ANSWER_WITHIN = Duration.ofSeconds(3);

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int BUSY = 503;

    private final HttpUrl server;
    private final Clock clock;
    private final Duration patience;
    private final int underWay;
    private final OkHttpClient client;
    private final ExecutorService threads;
    /** A callback holds one until its last answer: also while it waits to be sent again, which slows a run that is too fast. */
    private final Semaphore slots;

    private final CountDownLatch unreachable = new CountDownLatch(1);
    private volatile boolean answered;

    /** @param patience how long one callback is sent again before it counts as not acknowledged */
    CallbackPost(HttpUrl server, int underWay, Duration patience, Clock clock) {
        this.server = server;
        this.clock = clock;
        this.patience = patience;
        this.underWay = underWay;
        this.slots = new Semaphore(underWay);
        this.threads = Executors.newFixedThreadPool(underWay);
        this.client = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(underWay, 1, TimeUnit.MINUTES))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .callTimeout(Duration.ofSeconds(15))
                .build();
    }

    /** Waits until there is room for one more; false if nothing answers there, so that going on is useless. */
    boolean send(Planned callback) throws InterruptedException {
        slots.acquire();
        if (nothingAnswers(Duration.ZERO)) {
            slots.release();
            return false;
        }
        callback.sender().figures().callbacks.increment();
        threads.execute(() -> deliver(callback));
        return true;
    }

    /** Waits that long; true at once if nothing answers at that address. */
    boolean nothingAnswers(Duration wait) throws InterruptedException {
        return unreachable.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits for the last answers. */
    void finish() throws InterruptedException {
        slots.acquire(underWay);
        slots.release(underWay);
    }

    private static String noAnswer(IOException failure) {
        if (failure instanceof ConnectException) {
            return "nothing listens there: start the server, or name it with --url";
        }
        return failure instanceof InterruptedIOException
                ? "no answer in time"
                : "no answer: the connection was cut, or the name is not known";
    }

    private void deliver(Planned callback) {
        SimulatedFigures figures = callback.sender().figures();
        long begun = clock.millis();
        try {
            Answer answer = attempt(callback);
            while (answer.again() != null
                    && clock.millis() + answer.again().toMillis()
                            <= begun + patience().toMillis()
                    && unreachable.getCount() > 0) {
                Thread.sleep(answer.again().toMillis());
                answer = attempt(callback);
            }
            if (!answered) {
                unreachable.countDown();
            }
            if (answer.good()) {
                (callback.forged() ? figures.forgedAccepted : figures.acknowledged).increment();
            } else if (!callback.forged()) {
                figures.unacknowledged(answer.text());
            } else if (answer.again() == null) {
                figures.refused.increment();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            figures.unacknowledged("not sent, by a mistake of this program");
            throw e;
        } finally {
            slots.release();
        }
    }

    /** @param text what it was, if it is the last @param again how long to wait before the next attempt; null for none */
    private record Answer(
            boolean good, String text, @Nullable Duration again) {}

    private Answer attempt(Planned callback) {
        try (Response response = client.newCall(request(callback)).execute()) {
            answered = true;
            int code = response.code();
            if (code == BUSY) {
                callback.sender().figures().busy.increment();
                return new Answer(false, "503 to the last", retryAfter(response.header("Retry-After")));
            }
            return new Answer(
                    code == OK, "HTTP " + code + " at " + callback.sender().path() + reason(code), null);
        } catch (IOException e) {
            return new Answer(false, noAnswer(e), WITHOUT_RETRY_AFTER);
        }
    }

    /** How long one callback is sent again. */
    private Duration patience() {
        return !answered && patience.compareTo(FIRST_ANSWER_WITHIN) > 0 ? FIRST_ANSWER_WITHIN : patience;
    }

    private static String reason(int code) {
        return switch (code) {
            case UNAUTHORIZED, FORBIDDEN ->
                ": the server did not accept the signature. It was started with other secrets or another"
                        + " SENDSTATUS_PUBLIC_URL than this shell has; compare by config check, and see the hint of webhooks list";
            case NOT_FOUND ->
                ": the server does not know this account. Start it with the variables or the file that this shell has";
            default -> "";
        };
    }

    /** Signed anew each time: a signature's time must not be stale by the time of a retry. */
    private Request request(Planned planned) {
        SignedCallback callback = planned.sender().callback(planned.message(), planned.forged(), clock.instant());
        HttpUrl.Builder url =
                server.newBuilder().addPathSegments(planned.sender().path().substring(1));
        Request.Builder request =
                new Request.Builder().url(url.encodedQuery(callback.query()).build());
        callback.headers().forEach(request::header);
        // Without a media type of its own, so that OkHttp leaves the provider's header as it is.
        boolean hasBody = !callback.method().equals("GET");
        return request.method(callback.method(), hasBody ? RequestBody.create(callback.body()) : null)
                .build();
    }

    private static Duration retryAfter(@Nullable String header) {
        if (header == null) {
            return WITHOUT_RETRY_AFTER;
        }
        try {
            long seconds = Long.parseLong(header.strip());
            return Duration.ofSeconds(Math.max(0, Math.min(LONGEST_WAIT_SECONDS, seconds)));
        } catch (NumberFormatException aDate) {
            return WITHOUT_RETRY_AFTER;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.connectionPool().evictAll();
    }
}
