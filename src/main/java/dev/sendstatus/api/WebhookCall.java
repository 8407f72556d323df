package dev.sendstatus.api;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.ingest.Outcome;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.Refused;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** One callback from its first byte to its answer: read, authenticate, hand to the ingest, answer when it is on disk. */
final class WebhookCall implements Invocable.Task {
    private static final byte[] NO_BYTES = new byte[0];

    private final WebhookRoutes routes;
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

    WebhookCall(
            WebhookRoutes routes,
            ConfiguredProvider<?> provider,
            @Nullable String account,
            String publicUrl,
            Request request,
            Answer answer,
            WebhookMeters meters) {
        this.routes = routes;
        this.provider = provider;
        this.account = account;
        this.publicUrl = publicUrl;
        this.request = request;
        this.answer = answer;
        this.meters = meters;
    }

    /** Reads what has come of the body; where that is not all, comes back when there is more, holding no thread. */
    void read() {
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
            long left = routes.answerWithinNanos() - (System.nanoTime() - request.getBeginNanoTime());
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
        if (more > routes.maxBodyBytes() - length) {
            return false;
        }
        if (more > body.length - length) {
            int announced = (int) Math.max(0, Math.min(request.getLength(), routes.maxBodyBytes()));
            body = Arrays.copyOf(body, Math.max(length + more, Math.min(announced, 2 * (length + more))));
        }
        bytes.get(body, length, more);
        length += more;
        return true;
    }

    private void judge() {
        byte[] bytes = length == body.length ? body : Arrays.copyOf(body, length);
        Instant receivedAt = routes.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        CallbackRequest callback = new CallbackRequest(
                request.getMethod(),
                publicUrl,
                request.getHttpURI().getQuery(),
                name -> request.getHeaders().get(name),
                bytes,
                receivedAt);
        ProviderAdapter<?> adapter = provider.adapter();
        Authentication authentication = provider.authenticate(callback, account);
        if (authentication instanceof Authentication.Accepted accepted) {
            if (adapter.sends(callback.method(), callback.mediaType())) {
                store(callback, accepted.account());
            } else {
                unsupported(callback.mediaType());
            }
        } else if (authentication instanceof Authentication.Refused refused) {
            refuse(callback, refused.reason());
        }
    }

    private void refuse(CallbackRequest callback, Authentication.Reason reason) {
        String challenge = provider.adapter().challenge();
        boolean challenged = challenge != null && reason == Authentication.Reason.MISSING;
        if (!challenged && !provider.adapter().sends(callback.method(), callback.mediaType())) {
            unsupported(callback.mediaType());
            return;
        }
        if (!challenged) {
            // The first of a challenged provider's two requests is no refusal: it asks how to sign in.
            routes.refusals()
                    .add(
                            accountRefused(),
                            reason.name().toLowerCase(Locale.ROOT),
                            Refusals.origin(request),
                            () -> provider.hint(callback, account));
        }
        if (challenge != null) {
            answer.unauthorized(challenge);
        } else {
            answer.problem(new Problem(403, "Signature refused", explain(reason)));
        }
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

    void refuseTooLarge() {
        routes.refusals().add(accountRefused(), "too_large", Refusals.origin(request), () -> null);
        answer.tooLarge(routes.maxBodyBytes());
    }

    private void unsupported(@Nullable String mediaType) {
        routes.refusals().add(accountRefused(), "content_type", Refusals.origin(request), () -> null);
        answer.problem(new Problem(
                415,
                "Unsupported content type",
                provider.adapter().provider() + " sends no callback "
                        + (mediaType == null ? "without a content type." : "of that content type.")));
    }

    private void store(CallbackRequest callback, AccountName from) {
        RawCallback raw = new RawCallback(callback.method(), callback.query(), callback.mediaType(), callback.body());
        boolean twiml = provider.adapter().answeredByTwiml(callback);
        routes.queue()
                .offer(
                        new AcceptedCallback(from, callback.receivedAt(), raw),
                        request.getBeginNanoTime(),
                        outcome -> answer(outcome, from, twiml));
    }

    private void answer(Outcome outcome, AccountName from, boolean twiml) {
        switch (outcome) {
            case COMMITTED -> {
                meters.committed.increment();
                routes.counts().add(from);
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
