package dev.sendstatus.api;

import dev.sendstatus.api.jetty.ConnectionExecutor;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.ingest.IngestQueue;
import dev.sendstatus.ingest.Outcome;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.Refused;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** One callback from its first byte to its answer: read, authenticate, hand to the ingest, answer when it is on disk. */
final class WebhookCall implements Invocable.Task {
    private static final byte[] NO_BYTES = new byte[0];

    private final Shared shared;
    private final ConfiguredProvider<?> provider;
    private final @Nullable String account;
    private final String publicUrl;
    private final Request request;
    private final Answer answer;
    private final WebhookMeters meters;

    // Of the thread that reads, one after the other.
    private byte[] body = NO_BYTES;
    private int length;
    private Scheduler.@Nullable Task deadline;

    /** The parts that all calls use. */
    record Shared(
            IngestQueue queue,
            Refusals refusals,
            CallbackCounts counts,
            InstantSource clock,
            int maxBodyBytes,
            long answerWithinNanos) {}

    WebhookCall(
            Shared shared,
            ConfiguredProvider<?> provider,
            @Nullable String account,
            String publicUrl,
            Request request,
            Answer answer,
            WebhookMeters meters) {
        this.shared = shared;
        this.provider = provider;
        this.account = account;
        this.publicUrl = publicUrl;
        this.request = request;
        this.answer = answer;
        this.meters = meters;
    }

    /** A body that is announced as too large is not read. */
    void start() {
        if (request.getLength() > shared.maxBodyBytes()) {
            refuseTooLarge();
        } else {
            read();
        }
    }

    /** Reads what has come of the body; where that is not all, comes back when there is more, holding no thread. */
    private void read() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                awaitMore();
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                stopClock();
                answer.failed(chunk.getFailure());
                return;
            }
            boolean last = chunk.isLast();
            boolean fits = append(chunk.getByteBuffer());
            chunk.release();
            if (!fits) {
                stopClock();
                refuseTooLarge();
                return;
            }
            if (last) {
                stopClock();
                judge();
                return;
            }
        }
    }

    @Override
    public void run() {
        if (!answer.given()) {
            read();
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** A client that sends a byte a second is never idle, so the server's own idle timeout does not end it. */
    private void awaitMore() {
        if (deadline == null) {
            long left = shared.answerWithinNanos() - (System.nanoTime() - request.getBeginNanoTime());
            deadline = request.getComponents()
                    .getScheduler()
                    .schedule(answer::tooSlow, Math.max(0, left), TimeUnit.NANOSECONDS);
        }
        request.demand(this);
    }

    private void stopClock() {
        if (deadline != null) {
            deadline.cancel();
        }
    }

    private boolean append(ByteBuffer bytes) {
        int more = bytes.remaining();
        if (more > shared.maxBodyBytes() - length) {
            return false;
        }
        if (more > body.length - length) {
            int announced = (int) Math.max(0, Math.min(request.getLength(), shared.maxBodyBytes()));
            body = Arrays.copyOf(body, Math.max(length + more, Math.min(announced, 2 * (length + more))));
        }
        bytes.get(body, length, more);
        length += more;
        return true;
    }

    private void judge() {
        byte[] bytes = length == body.length ? body : Arrays.copyOf(body, length);
        Instant receivedAt = shared.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        CallbackRequest callback = new CallbackRequest(
                request.getMethod(),
                publicUrl,
                request.getHttpURI().getQuery(),
                name -> request.getHeaders().get(name),
                bytes,
                receivedAt);
        Authentication authentication = provider.authenticate(callback, account);
        Authentication.Reason reason =
                authentication instanceof Authentication.Refused refused ? refused.reason() : null;
        String challenge = provider.adapter().challenge();
        if (challenge != null && reason == Authentication.Reason.MISSING) {
            // The first of a challenged provider's two requests is no refusal: it asks how to sign in.
            answer.unauthorized(challenge);
        } else if (!provider.adapter().sends(callback.method(), callback.mediaType())) {
            unsupported(callback.mediaType());
        } else if (authentication instanceof Authentication.Accepted accepted) {
            store(callback, accepted.account());
        } else if (reason != null) {
            countRefused(reason.name().toLowerCase(Locale.ROOT), () -> provider.hint(callback, account));
            if (challenge != null) {
                answer.unauthorized(challenge);
            } else {
                answer.problem(new Problem(403, "Signature refused", explain(reason)));
            }
        }
    }

    private void countRefused(String reason, Supplier<@Nullable String> hint) {
        shared.refusals().add(accountRefused(), reason, Refusals.origin(request), hint);
    }

    private AccountName accountRefused() {
        if (account == null && provider.accounts().size() > 1) {
            return Refused.anyAccount(provider.adapter().provider());
        }
        return provider.accounts().stream()
                .map(configured -> configured.name())
                .filter(name -> account == null || name.name().equals(account))
                .findFirst()
                .orElseGet(() -> Refused.anyAccount(provider.adapter().provider()));
    }

    private static String explain(Authentication.Reason reason) {
        return switch (reason) {
            case MISSING -> "The request carries no signature.";
            case WRONG ->
                "The signature does not fit the request: check the account's key, and that http.public-url is the"
                        + " URL that the provider was given.";
            case STALE -> "The signature's time is too far from now.";
            case FOREIGN -> "The request speaks of an account other than the one that signed it.";
        };
    }

    private void refuseTooLarge() {
        countRefused("too_large", () -> null);
        answer.tooLarge(shared.maxBodyBytes());
    }

    private void unsupported(@Nullable String mediaType) {
        countRefused("content_type", () -> null);
        answer.problem(new Problem(
                415,
                "Unsupported content type",
                provider.adapter().provider() + " sends no callback "
                        + (mediaType == null ? "without a content type." : "of that content type.")));
    }

    private void store(CallbackRequest callback, AccountName from) {
        RawCallback raw = new RawCallback(callback.method(), callback.query(), callback.mediaType(), callback.body());
        boolean twiml = provider.adapter().answeredByTwiml(callback);
        shared.queue()
                .offer(
                        new AcceptedCallback(from, callback.receivedAt(), raw),
                        request.getBeginNanoTime(),
                        outcome -> answer(outcome, from, twiml));
    }

    private void answer(Outcome outcome, AccountName from, boolean twiml) {
        switch (outcome) {
            case COMMITTED -> {
                meters.committed.increment();
                shared.counts().add(from);
                ConnectionExecutor.goOnHere(twiml ? answer::okTwiml : answer::ok);
            }
            case FULL -> {
                meters.full.increment();
                answer.unavailable("More callbacks are waiting for the disk than the queue holds.");
            }
            case UNAVAILABLE -> {
                meters.unavailable.increment();
                answer.unavailable("The database cannot commit at the moment.");
            }
            case BROKEN -> {
                meters.broken.increment();
                answer.problem(
                        new Problem(500, "Internal error", "The callback could not be stored; the log says why."));
            }
        }
    }
}
