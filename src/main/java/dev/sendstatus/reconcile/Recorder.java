package dev.sendstatus.reconcile;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.PastLookup;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stores the provider's statements about messages and then notes that it was asked, in batches: cut short in between, a question is asked
 * once more, and no answer is lost. One thread.
 */
final class Recorder {
    /** The number of questions that a kill may cost, since they have to be asked again. */
    private static final int BATCH = 100;
    /** So many look-ups without a single message found are suspicious: Telnyx may answer a wrong key by 404. */
    private static final int SUSPICIOUS = 10;

    private static final int WRITE_ATTEMPTS = 20;

    private static final Duration BETWEEN_WRITES = Duration.ofMillis(500);
    private final AccountName account;

    private final Reconciler reconciler;
    private final RunCounts counts;
    private final List<Incoming> incoming = new ArrayList<>();
    private final List<PastLookup> asked = new ArrayList<>();
    private final List<PastLookup> missing = new ArrayList<>();
    private boolean foundAny;

    /** @param reconciler whose database and clock these are */
    Recorder(AccountName account, Reconciler reconciler, RunCounts counts) {
        this.account = account;
        this.reconciler = reconciler;
        this.counts = counts;
    }

    /** The provider's statements of one message. @param events at least one, all of that message */
    void found(MessageKey message, List<DeliveryEvent> events) throws StoreException, InterruptedException {
        foundAny = true;
        Instant now = now();
        MessageHistory before = reconciler.reads().history(message);
        MessageState known = before.events().isEmpty() ? null : MessageState.of(before);
        MessageHistory after = before;
        List<DeliveryEvent> news = new ArrayList<>(events.size());
        for (DeliveryEvent event : events) {
            RecordedEvent recorded =
                    new RecordedEvent(Long.MAX_VALUE, now, true, Source.RECONCILIATION, account, event);
            if (!after.says(recorded)) {
                after = after.with(recorded);
                news.add(event);
            }
        }
        MessageState state = MessageState.of(after);
        count(known, state);
        if (!news.isEmpty()) {
            // An answer is no callback: nothing is kept of it but its events, and so no message text.
            incoming.add(new Incoming(account, Source.RECONCILIATION, now, RawCallback.NONE, news, null));
        }
        if (state.open()) {
            asked.add(new PastLookup(message, now, true));
        }
        flushIfFull();
    }

    private void count(@Nullable MessageState known, MessageState state) {
        counts.asked++;
        if (state.open()) {
            counts.stillSent++;
        } else if (known == null || !known.sameOutcome(state)) {
            counts.updated++;
        } else {
            counts.unchanged++;
        }
    }

    /** The provider has no such message. All that is known of it stays. */
    void missing(MessageKey message) throws StoreException, InterruptedException {
        counts.asked++;
        counts.notFound++;
        missing.add(new PastLookup(message, now(), false));
        flushIfFull();
    }

    /** It cannot be asked about any more, by any way that the provider has. */
    void tooOld(MessageKey message) throws StoreException, InterruptedException {
        counts.notFound++;
        asked.add(new PastLookup(message, now(), false));
        flushIfFull();
    }

    private void flushIfFull() throws StoreException, InterruptedException {
        if (incoming.size() >= BATCH || asked.size() >= BATCH || (foundAny && missing.size() >= BATCH)) {
            flush();
        }
    }

    private void flush() throws StoreException, InterruptedException {
        if (!incoming.isEmpty()) {
            patiently(() -> reconciler.commit().store(List.copyOf(incoming)));
            incoming.clear();
        }
        if (foundAny) {
            asked.addAll(missing);
            missing.clear();
        }
        patiently(() -> reconciler.store().noteAsked(List.copyOf(asked)));
        asked.clear();
    }

    @FunctionalInterface
    private interface Write {
        void run() throws StoreException, InterruptedException;
    }

    /** An answer is worth more than a callback, which comes again: beside a busy server the database may take some tries. */
    private void patiently(Write write) throws StoreException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                write.run();
                return;
            } catch (StoreException.Unavailable e) {
                if (attempt == WRITE_ATTEMPTS) {
                    throw e;
                }
                reconciler.pace().sleep(BETWEEN_WRITES);
            }
        }
    }

    /** Writes the rest. */
    void close() throws StoreException, InterruptedException {
        if (!foundAny && missing.size() >= SUSPICIOUS) {
            counts.remark("none of " + missing.size()
                    + " messages was found; a wrong key can look like that, so they are asked about again: check it");
            Instant now = now();
            missing.forEach(one -> asked.add(new PastLookup(one.message(), now, true)));
            missing.clear();
        }
        foundAny = true;
        flush();
    }

    private Instant now() {
        return reconciler.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
