package dev.sendstatus.relay;

import dev.sendstatus.event.Recipient;
import dev.sendstatus.outbound.PushAnswer;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.state.Change;
import dev.sendstatus.store.ChangePage;
import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time in which this node pushes to an endpoint. One thread decides. Its decisions are saved once a second, together with the lease by
 * which no other node pushes. After a crash, the changes that were pushed since are pushed again under the same ids.
 */
final class Tenure {
    private static final Logger LOG = LoggerFactory.getLogger(Tenure.class);

    /** After so long without a sign another node takes over. */
    static final Duration LEASE = Duration.ofSeconds(30);
    /** Ends before that, so that two never push at once. */
    private static final long PUSHES_NANOS = Duration.ofSeconds(20).toNanos();

    private static final long RENEW_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long SAVE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long CHECK_NANOS = Duration.ofSeconds(1).toNanos();
    /** The interval of looks for changes that other processes wrote. */
    private static final long LOOK_NANOS = Duration.ofMillis(250).toNanos();
    /** Two looks are at least so far apart. A second look within that time would find one small commit more, and cost as much as the first. */
    private static final long REST_NANOS = Duration.ofMillis(25).toNanos();

    private static final int PAGE = 200;
    /** So many changes are known before it is their turn. */
    private static final int AHEAD = 400;

    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;

    private final EndpointSettings settings;
    private final Sender sender;
    private final Store store;
    private final Reads reads;
    private final MessageDocument document;
    private final InstantSource clock;
    private final PushCounts counts;
    private final Condition condition;
    private final String feed;
    private final Lanes lanes;

    /** As it is stored. */
    private RelayEndpoint endpoint;
    /** Whether the feed has more than was read. */
    private boolean more = true;
    /** Whether there may be something new since the last look. */
    private boolean woken;

    private int underWay;
    private long troubles;
    private long lastProbe;
    /** Another process changed the endpoint, or owns it by now. */
    private boolean over;

    private long savedAt = System.nanoTime();
    private long checkedAt = savedAt;
    private long lookedAt = savedAt;

    /**
     * The outcome of a push.
     *
     * @param probe whether the endpoint failed when it was sent
     * @param troubles how often the endpoint had seemed to fail by then
     */
    record Answer(Tenure of, Delivery delivery, boolean probe, long troubles, PushAnswer answer) {}

    /** @param endpoint as it was just taken @param ends of the feed */
    Tenure(
            EndpointSettings settings,
            RelayEndpoint endpoint,
            ChangePage ends,
            Sender sender,
            Store store,
            Reads reads,
            MessageDocument document,
            InstantSource clock,
            PushCounts counts)
            throws StoreException {
        this.settings = settings;
        this.endpoint = endpoint;
        this.sender = sender;
        this.store = store;
        this.reads = reads;
        this.document = document;
        this.clock = clock;
        this.counts = counts;
        this.condition = new Condition(endpoint);
        this.feed = ends.feed();
        long position = begin(ends);
        this.lanes = new Lanes(position, reads.relay().unfinished(endpoint.name(), position));
        counts.failing(failing());
    }

    private long begin(ChangePage ends) {
        long position = endpoint.position();
        if (!endpoint.feed().equals(feed)) {
            LOG.warn(
                    "endpoint {}: the database was restored, so its changes have new ids; what was pushed after the backup was made is"
                            + " pushed again",
                    endpoint.name());
            position = Math.min(position, ends.newest());
        }
        if (position < ends.oldestAfter()) {
            LOG.warn(
                    "endpoint {}: the changes from {} to {} were removed by retention before they could be pushed",
                    endpoint.name(),
                    position + 1,
                    ends.oldestAfter());
            position = ends.oldestAfter();
        }
        return position;
    }

    /** Reads, sends and saves all that is due now. @param news whether there may be something new since the last call @return false if it has ended */
    boolean goOn(boolean news, Consumer<Answer> answered) throws StoreException {
        long now = System.nanoTime();
        woken |= news;
        boolean look = woken && now - checkedAt >= REST_NANOS;
        if (look || now - checkedAt >= CHECK_NANOS) {
            check(now);
        }
        if (over && underWay == 0) {
            handOver();
            return false;
        }
        if (!over && now - savedAt < PUSHES_NANOS) {
            read(look, now);
            send(answered);
        }
        saveIfDue(now);
        return true;
    }

    private void check(long now) throws StoreException {
        checkedAt = now;
        over |= reads.relay()
                .endpoint(endpoint.name())
                .filter(stored -> stored.epoch() == endpoint.epoch())
                .isEmpty();
    }

    private void read(boolean look, long now) throws StoreException {
        if (!reads() || !more && !look && now - lookedAt < LOOK_NANOS) {
            return;
        }
        ChangePage page = reads.changes(lanes.looked(), PAGE);
        if (!page.feed().equals(feed)) {
            over = true;
            return;
        }
        for (Change change : page.changes()) {
            if (settings.wants(change) && !isErased(change)) {
                lanes.add(change);
            }
        }
        lanes.lookedTo(page.next());
        more = page.next() < page.newest();
        woken = false;
        lookedAt = now;
    }

    private static boolean isErased(Change change) {
        Recipient recipient = change.recipient().to();
        String from = change.after().from();
        return recipient != null && PhoneNumber.isErased(recipient.address())
                || from != null && PhoneNumber.isErased(from);
    }

    private void send(Consumer<Answer> answered) throws StoreException {
        Instant now = clock.instant();
        while (!over && underWay < condition.allows(settings.concurrency(), now)) {
            boolean probe = condition.state() == RelayEndpoint.State.FAILING;
            Delivery delivery = probe ? lanes.takeAfter(lastProbe, now) : lanes.take(now);
            if (delivery == null) {
                if (probe && underWay == 0 && lanes.isEmpty() && !more) {
                    condition.works();
                }
                return;
            }
            Change change = change(delivery);
            if (change == null) {
                drop(delivery);
                continue;
            }
            if (probe) {
                lastProbe = delivery.sequence;
            }
            underWay++;
            long before = troubles;
            sender.send(
                    () -> RelayEvent.of(change, feed, document),
                    answer -> answered.accept(new Answer(this, delivery, probe, before, answer)));
        }
    }

    /** Null if it is not to be pushed any more. */
    private @Nullable Change change(Delivery delivery) throws StoreException {
        Change known = delivery.change;
        if (known != null) {
            return known;
        }
        try {
            return reads.changes(delivery.sequence - 1, 1).changes().stream()
                    .filter(change -> change.sequence() == delivery.sequence && !isErased(change))
                    .findFirst()
                    .orElse(null);
        } catch (StoreException e) {
            lanes.putBack(delivery);
            throw e;
        }
    }

    private void drop(Delivery delivery) {
        lanes.failed(
                delivery,
                new RelayDelivery(
                        delivery.sequence,
                        delivery.message,
                        RelayDelivery.State.FAILED,
                        delivery.attempts(),
                        null,
                        null,
                        null,
                        "the number was erased",
                        null));
    }

    /** Takes note of an answer. */
    void note(Answer answer) {
        underWay--;
        Instant now = clock.instant();
        RelayEndpoint.State before = condition.state();
        Delivery delivery = answer.delivery();
        if (answer.answer() instanceof PushAnswer.Answered answered) {
            noteStatus(answered, delivery, answer.probe(), answer.troubles() == troubles, now);
        } else if (answer.answer() instanceof PushAnswer.Lost lost) {
            troubled(delivery, new Failure(null, lost.why(), null, null), answer.probe(), now);
        }
        if (condition.state() != before) {
            tell();
        }
    }

    /** @param afterwards whether it was sent after all that made the endpoint seem to fail */
    private void noteStatus(
            PushAnswer.Answered answered, Delivery delivery, boolean probe, boolean afterwards, Instant now) {
        int status = answered.status();
        Failure failure = new Failure(
                status,
                "HTTP " + status,
                answered.retryAfter(),
                answered.excerpt().isEmpty() ? null : answered.excerpt());
        counts.count(answered.success());
        if (answered.success()) {
            lanes.delivered(delivery, now, status);
            condition.succeeded(probe, afterwards, now);
        } else if (status == GONE) {
            lanes.putBack(delivery);
            condition.isGone(failure.why() + ": the receiver wants no more", now);
        } else if (status == TOO_MANY_REQUESTS || status >= 500) {
            troubled(delivery, failure, probe, now);
        } else {
            failed(delivery, failure, probe, now);
        }
    }

    /**
     * A push that was not taken.
     *
     * @param status null if there was no answer
     * @param excerpt of the answer; null if it was empty
     */
    private record Failure(
            @Nullable Integer status,
            String why,
            @Nullable Duration retryAfter,
            @Nullable String excerpt) {}

    /** The endpoint does not work; if it does for others, the fault is the delivery's. */
    private void troubled(Delivery delivery, Failure failure, boolean probe, Instant now) {
        if (failure.status() == null) {
            counts.count(false);
        }
        if (delivery.isAtFault(condition.successes())) {
            failed(delivery, failure, probe, now);
            return;
        }
        troubles++;
        delivery.suspect(condition.successes());
        lanes.putBack(delivery);
        condition.fails(failure.why(), failure.retryAfter(), probe, now);
    }

    private void failed(Delivery delivery, Failure failure, boolean probe, Instant now) {
        int attempts = delivery.attempts() + 1;
        Duration wait = Schedule.afterFailure(attempts, failure.retryAfter());
        lanes.failed(
                delivery,
                new RelayDelivery(
                        delivery.sequence,
                        delivery.message,
                        wait == null ? RelayDelivery.State.FAILED : RelayDelivery.State.RETRYING,
                        attempts,
                        wait == null ? null : now.plus(wait),
                        now,
                        failure.status(),
                        failure.why(),
                        failure.excerpt()));
        condition.refuses(failure.why(), attempts == 1, probe, now);
    }

    private void tell() {
        RelayEndpoint now = condition.kept(endpoint, feed, lanes.position());
        counts.failing(failing());
        switch (now.state()) {
            case ACTIVE -> LOG.info("endpoint {} works again: it is pushed all that changed meanwhile", now.name());
            case FAILING -> LOG.warn("endpoint {} fails, and is tried from time to time: {}", now.name(), now.reason());
            case GONE ->
                LOG.error("endpoint {} gets nothing any more until somebody resumes it: {}", now.name(), now.reason());
            case PAUSED -> LOG.info("endpoint {} is paused", now.name());
        }
    }

    private boolean failing() {
        return condition.state() == RelayEndpoint.State.FAILING || condition.state() == RelayEndpoint.State.GONE;
    }

    private void saveIfDue(long now) throws StoreException {
        RelayEndpoint kept = condition.kept(endpoint, feed, lanes.position());
        boolean told = kept.state() != endpoint.state();
        // A move over changes that the endpoint does not want is saved with the lease only.
        boolean changed = lanes.hasUnsaved() || !kept.at(endpoint.position()).equals(endpoint);
        if (!over && (told || changed && now - savedAt >= SAVE_NANOS || now - savedAt >= RENEW_NANOS)) {
            save(kept);
        }
    }

    private void save(RelayEndpoint kept) throws StoreException {
        long now = System.nanoTime();
        List<RelayDelivery> deliveries = lanes.unsaved();
        if (store.relay().save(kept, clock.instant().plus(LEASE), deliveries)) {
            endpoint = kept;
            lanes.saved(deliveries);
            savedAt = now;
        } else {
            over = true;
        }
    }

    /** Keeps the pushes that were made, beside the decision of another process. */
    private void handOver() throws StoreException {
        Optional<RelayEndpoint> now = reads.relay().endpoint(endpoint.name());
        if (now.isPresent()) {
            RelayEndpoint other = now.get();
            boolean stillHere =
                    Objects.equals(other.owner(), endpoint.owner()) && other.position() == endpoint.position();
            if (stillHere) {
                save(new Condition(other).kept(other, feed, lanes.position()));
            }
        }
    }

    /** Sends nothing more. @return whether nothing is under way */
    boolean end() {
        over = true;
        return underWay == 0;
    }

    /** Keeps all, as the last thing. */
    void keep() throws StoreException {
        save(condition.kept(endpoint, feed, lanes.position()));
    }

    /** The time until something is to be done, unless an answer comes before. */
    long waitNanos() {
        if (over) {
            return LOOK_NANOS;
        }
        if (more && reads()) {
            return 0;
        }
        if (woken && reads()) {
            return Math.max(0, checkedAt + REST_NANOS - System.nanoTime());
        }
        Instant next = condition.state() == RelayEndpoint.State.FAILING ? condition.nextProbeAt() : lanes.nextDue();
        Duration until = next == null ? Duration.ZERO : Duration.between(clock.instant(), next);
        boolean soon = !until.isNegative() && !until.isZero() && until.compareTo(Duration.ofNanos(LOOK_NANOS)) < 0;
        return soon ? until.toNanos() : LOOK_NANOS;
    }

    /** Whether another change could be taken up now. */
    private boolean reads() {
        return lanes.size() < AHEAD && pushes();
    }

    private boolean pushes() {
        return condition.state() == RelayEndpoint.State.ACTIVE || condition.state() == RelayEndpoint.State.FAILING;
    }
}
