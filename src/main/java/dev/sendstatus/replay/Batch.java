package dev.sendstatus.replay;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Source;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.Reads;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was read again and is not stored yet: first the events, then what they took out of quarantine, so that a replay that is cut
 * short loses nothing and can be repeated. One thread.
 */
final class Batch {
    /** The bytes are in the store already, at the callback's first number: kept twice, they would be replayed twice. */
    private static final RawCallback NOTHING_RAW = new RawCallback("POST", null, null, new byte[0]);

    private final Reads reads;
    private final Store store;
    private final Sink sink;
    private final List<Incoming> incoming = new ArrayList<>();
    private final Set<Said> said = new HashSet<>();
    private final List<Long> understood = new ArrayList<>();

    private record Said(AccountName account, DeliveryEvent event) {}

    Batch(Reads reads, Store store, Sink sink) {
        this.reads = reads;
        this.store = store;
        this.sink = sink;
    }

    /** Takes what is new of a callback. @param quarantined whether it is in quarantine, which it leaves if all of it is understood */
    Replayed add(long sequence, Reading reading, boolean quarantined) throws StoreException {
        List<DeliveryEvent> events = List.of();
        String reason = null;
        if (reading.parsed() instanceof Parsed.Events read) {
            events = read.events();
            reason = read.notUnderstood().isEmpty() ? null : String.join("; ", read.notUnderstood());
        } else if (reading.parsed() instanceof Parsed.NotUnderstood not) {
            reason = not.why();
        }
        List<DeliveryEvent> news = new ArrayList<>();
        for (DeliveryEvent event : events) {
            if (!known(reading, event) && said.add(new Said(reading.account(), event))) {
                news.add(event);
            }
        }
        if (!news.isEmpty()) {
            // The time at which it came, not today: some callbacks have no time of their own.
            incoming.add(new Incoming(reading.account(), Source.REPLAY, reading.receivedAt(), NOTHING_RAW, news, null));
        }
        if (quarantined && reason == null) {
            understood.add(sequence);
        }
        return new Replayed(sequence, reading.account(), events.size(), news.size(), reason);
    }

    private boolean known(Reading reading, DeliveryEvent event) throws StoreException {
        Optional<StoredMessage> message = reads.message(event.message());
        return message.isPresent()
                && message.get()
                        .history()
                        .says(new RecordedEvent(
                                Long.MAX_VALUE, reading.receivedAt(), true, Source.REPLAY, reading.account(), event));
    }

    /** Stores what has gathered. */
    void flush() throws StoreException {
        if (!incoming.isEmpty()) {
            sink.store(List.copyOf(incoming));
            incoming.clear();
            said.clear();
        }
        store.release(List.copyOf(understood));
        understood.clear();
    }
}
