package dev.sendstatus.cli;

import dev.sendstatus.cli.SimulatedTraffic.Planned;
import dev.sendstatus.event.Provider;
import dev.sendstatus.provider.CallbackSimulator.SignedCallback;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
    private final ScheduledExecutorService threads;
    /** A callback holds one until its last answer: also while it waits to be sent again, which slows a run that is too fast. */
    private final Semaphore slots;

    private final Map<Provider, AnswerCounts> tallies = new ConcurrentSkipListMap<>();
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch unreachable = new CountDownLatch(1);

    /** @param patience how long one callback is sent again before it counts as not acknowledged */
    CallbackPost(HttpUrl server, int underWay, Duration patience, Clock clock) {
        this.server = server;
        this.clock = clock;
        this.patience = patience;
        this.underWay = underWay;
        this.slots = new Semaphore(underWay);
        this.threads = Executors.newScheduledThreadPool(underWay);
        this.client = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(underWay, 1, TimeUnit.MINUTES))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .callTimeout(Duration.ofSeconds(15))
                .build();
    }

    AnswerCounts tally(Provider provider) {
        return tallies.computeIfAbsent(provider, first -> new AnswerCounts());
    }

    Collection<AnswerCounts> tallies() {
        return tallies.values();
    }

    /** Waits until there is room for one more; false if nothing answers there, so that going on is useless. */
    boolean send(Planned callback) throws InterruptedException {
        slots.acquire();
        if (nothingAnswers(Duration.ZERO)) {
            slots.release();
            return false;
        }
        tally(callback.sender().account().provider()).callbacks.increment();
        long begun = clock.millis();
        threads.execute(() -> attempt(callback, begun));
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

    private void attempt(Planned callback, long begun) {
        AnswerCounts tally = tally(callback.sender().account().provider());
        Duration wait;
        String answer;
        try (Response response = client.newCall(request(callback)).execute()) {
            answered.countDown();
            if (response.code() != BUSY) {
                answered(callback, response.code(), tally);
                return;
            }
            tally.busy.increment();
            answer = "503 to the last";
            wait = retryAfter(response.header("Retry-After"));
        } catch (IOException e) {
            answer = noAnswer(e);
            wait = WITHOUT_RETRY_AFTER;
        } catch (RuntimeException | Error e) {
            slots.release();
            tally.unacknowledged("not sent, by a mistake of this program");
            throw e;
        }
        if (clock.millis() + wait.toMillis() <= begun + patience().toMillis() && unreachable.getCount() > 0) {
            threads.schedule(() -> attempt(callback, begun), wait.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        if (answered.getCount() > 0) {
            unreachable.countDown();
        }
        if (!callback.forged()) {
            tally.unacknowledged(answer);
        }
        slots.release();
    }

    private Duration patience() {
        boolean neverAnswered = answered.getCount() > 0;
        return neverAnswered && patience.compareTo(FIRST_ANSWER_WITHIN) > 0 ? FIRST_ANSWER_WITHIN : patience;
    }

    private void answered(Planned callback, int code, AnswerCounts tally) {
        if (callback.forged()) {
            (code == OK ? tally.forgedAccepted : tally.refused).increment();
        } else if (code == OK) {
            tally.acknowledged.increment();
        } else {
            tally.unacknowledged("HTTP " + code + " at " + callback.sender().path() + reason(code));
        }
        slots.release();
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
