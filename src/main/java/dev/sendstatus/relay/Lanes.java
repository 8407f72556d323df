package dev.sendstatus.relay;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.Change;
import dev.sendstatus.store.RelayDelivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries that are not done, each message's in a lane: of a lane only the first is sent, so that a message's changes arrive in their
 * order while different messages overtake each other. One thread.
 *
 * <p>A delivery that failed by itself is stored, and so are those behind it; all others are only here, and come again from the feed if this
 * is lost. The position is just before the first of the others.
 */
final class Lanes {
    private final Map<MessageKey, TreeMap<Long, Delivery>> lanes = new HashMap<>();
    /** Those that are not stored. */
    private final TreeMap<Long, Delivery> window = new TreeMap<>();
    /** The first of each lane, if it may be sent at once. */
    private final TreeMap<Long, Delivery> ready = new TreeMap<>();
    /** The first of each lane, if it waits for its time. */
    private final TreeSet<Delivery> later =
            new TreeSet<>(Comparator.comparing(Lanes::dueOrFirst).thenComparingLong(delivery -> delivery.sequence));

    private final TreeMap<Long, RelayDelivery> unsaved = new TreeMap<>();
    /** Of changes after the position at which this began. */
    private final Set<Long> stored = new HashSet<>();

    private long looked;

    /** @param position where the feed is gone on with @param unfinished the stored deliveries that are retried, or of changes after it */
    Lanes(long position, Collection<RelayDelivery> unfinished) {
        this.looked = position;
        for (RelayDelivery one : unfinished) {
            stored.add(one.sequence());
            if (one.state() == RelayDelivery.State.RETRYING) {
                append(new Delivery(one));
            }
        }
    }

    /** Adds a change that is to be delivered. */
    void add(Change change) {
        if (!stored.contains(change.sequence())) {
            append(new Delivery(change));
        }
    }

    /** Says that all changes at or before that one are here or done. */
    void lookedTo(long sequence) {
        looked = sequence;
    }

    long looked() {
        return looked;
    }

    /** All changes at or before it are done or stored. */
    long position() {
        return window.isEmpty() ? looked : window.firstKey() - 1;
    }

    /** The number of deliveries that are not stored. */
    int size() {
        return window.size();
    }

    /** Whether nothing is to be done, now or later. */
    boolean isEmpty() {
        return lanes.isEmpty();
    }

    private void append(Delivery delivery) {
        TreeMap<Long, Delivery> lane = lanes.computeIfAbsent(delivery.message, message -> new TreeMap<>());
        Delivery first = lane.isEmpty() ? null : lane.firstEntry().getValue();
        lane.put(delivery.sequence, delivery);
        if (first != null && first.stored != null && delivery.stored == null) {
            keepWaiting(delivery);
        } else if (delivery.stored == null) {
            window.put(delivery.sequence, delivery);
        }
        if (first == null) {
            queue(delivery);
        }
    }

    private void keepWaiting(Delivery delivery) {
        window.remove(delivery.sequence);
        RelayDelivery waiting = new RelayDelivery(
                delivery.sequence, delivery.message, RelayDelivery.State.RETRYING, 0, null, null, null, null, null);
        delivery.store(waiting);
        unsaved.put(delivery.sequence, waiting);
    }

    private void queue(Delivery first) {
        if (first.due() == null) {
            ready.put(first.sequence, first);
        } else {
            later.add(first);
        }
    }

    private static Instant dueOrFirst(Delivery delivery) {
        Instant due = delivery.due();
        return due == null ? Instant.MIN : due;
    }

    private void makeReady(Instant now) {
        while (!later.isEmpty() && !dueOrFirst(later.first()).isAfter(now)) {
            Delivery due = later.first();
            later.remove(due);
            ready.put(due.sequence, due);
        }
    }

    /** Takes the next that may be sent, the oldest first; null if none may. */
    @Nullable
    Delivery take(Instant now) {
        makeReady(now);
        return ready.isEmpty() ? null : ready.pollFirstEntry().getValue();
    }

    /** Takes another one than the last time, as long as there are several. @param last the one that was taken last */
    @Nullable
    Delivery takeAfter(long last, Instant now) {
        makeReady(now);
        Map.Entry<Long, Delivery> next = ready.higherEntry(last);
        if (next == null) {
            return take(now);
        }
        ready.remove(next.getKey());
        return next.getValue();
    }

    /** The time at which the next waiting delivery may be sent; null if none waits for a time. */
    @Nullable
    Instant nextDue() {
        return later.isEmpty() ? null : later.first().due();
    }

    /** Puts back one that was taken, to be sent at once. */
    void putBack(Delivery taken) {
        ready.put(taken.sequence, taken);
    }

    /** One that was taken arrived. */
    void delivered(Delivery taken, Instant now, int status) {
        if (taken.stored != null) {
            unsaved.put(
                    taken.sequence,
                    new RelayDelivery(
                            taken.sequence,
                            taken.message,
                            RelayDelivery.State.DELIVERED,
                            taken.attempts() + 1,
                            null,
                            now,
                            status,
                            null,
                            null));
        }
        leave(taken);
    }

    /** One that was taken failed by itself. @param kept is to be stored */
    void failed(Delivery taken, RelayDelivery kept) {
        window.remove(taken.sequence);
        taken.store(kept);
        unsaved.put(taken.sequence, kept);
        if (kept.state() == RelayDelivery.State.RETRYING) {
            queue(taken);
            TreeMap<Long, Delivery> lane = lanes.getOrDefault(taken.message, new TreeMap<>());
            for (Delivery behind :
                    new ArrayList<>(lane.tailMap(taken.sequence, false).values())) {
                if (behind.stored == null) {
                    keepWaiting(behind);
                }
            }
        } else {
            leave(taken);
        }
    }

    /** One that was taken is not to be delivered any more. */
    void leave(Delivery taken) {
        window.remove(taken.sequence);
        TreeMap<Long, Delivery> lane = lanes.get(taken.message);
        if (lane != null && lane.remove(taken.sequence) != null) {
            if (lane.isEmpty()) {
                lanes.remove(taken.message);
            } else {
                queue(lane.firstEntry().getValue());
            }
        }
    }

    boolean hasUnsaved() {
        return !unsaved.isEmpty();
    }

    /** The stored deliveries that changed since they were saved. */
    List<RelayDelivery> unsaved() {
        return List.copyOf(unsaved.values());
    }

    /** Those were saved. */
    void saved(List<RelayDelivery> deliveries) {
        deliveries.forEach(delivery -> unsaved.remove(delivery.sequence(), delivery));
    }
}
