package dev.sendstatus.store.postgres;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.codec.SegmentCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a batch comes to once its events have their numbers; made by one thread and not changed afterwards. */
final class BatchDraft {
    /** Callbacks as one row. */
    record Segment(long first, long next, Instant receivedAt, byte[] body) {}

    /** A callback that was not understood. */
    record Quarantined(long sequence, AccountName account, Instant receivedAt, String reason) {}

    private final Map<MessageKey, List<RecordedEvent>> messages = new LinkedHashMap<>();
    private final List<Segment> segments = new ArrayList<>();
    private final List<Quarantined> quarantine = new ArrayList<>();
    private final Map<AccountName, Instant> lastCallbacks = new TreeMap<>();

    private BatchDraft() {}

    /** How many numbers a batch takes. */
    static long sequences(List<Incoming> batch) {
        long count = 0;
        for (Incoming incoming : batch) {
            count += incoming.sequences();
        }
        return count;
    }

    /** @param first the number of the first event */
    static BatchDraft of(List<Incoming> batch, long first, SegmentCodec codec) {
        BatchDraft draft = new BatchDraft();
        long sequence = first;
        long segment = first;
        Instant segmentReceivedAt = batch.get(0).receivedAt();
        codec.begin();
        for (Incoming incoming : batch) {
            if (codec.isFull()) {
                draft.segments.add(new Segment(segment, sequence, segmentReceivedAt, codec.end()));
                codec.begin();
                segment = sequence;
                segmentReceivedAt = incoming.receivedAt();
            }
            codec.add(incoming.raw(), incoming.sequences());
            draft.add(incoming, sequence);
            sequence += incoming.sequences();
        }
        draft.segments.add(new Segment(segment, sequence, segmentReceivedAt, codec.end()));
        return draft;
    }

    private void add(Incoming incoming, long sequence) {
        for (RecordedEvent recorded : incoming.recorded(sequence)) {
            messages.computeIfAbsent(recorded.event().message(), key -> new ArrayList<>(2))
                    .add(recorded);
        }
        if (incoming.quarantine() != null) {
            quarantine.add(new Quarantined(sequence, incoming.account(), incoming.receivedAt(), incoming.quarantine()));
        }
        if (incoming.source() == Source.WEBHOOK) {
            // Only what the provider sent by itself shows that its webhook works.
            lastCallbacks.merge(incoming.account(), incoming.receivedAt(), (one, two) -> one.isAfter(two) ? one : two);
        }
    }

    Map<MessageKey, List<RecordedEvent>> messages() {
        return messages;
    }

    List<Segment> segments() {
        return segments;
    }

    List<Quarantined> quarantine() {
        return quarantine;
    }

    /** By name. */
    Map<AccountName, Instant> lastCallbacks() {
        return lastCallbacks;
    }
}
