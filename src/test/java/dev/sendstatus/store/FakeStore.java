package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.state.Silence;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The store's contract over plain maps: every answer is computed from the histories when it is asked for. */
public final class FakeStore implements Store, Reads {
    private final Map<MessageKey, MessageHistory> messages = new TreeMap<>();
    private final Map<MessageKey, StuckFlag> flags = new TreeMap<>();
    private final Map<AccountName, AccountActivity> activity = new TreeMap<>();
    private final Map<LocalDate, KeptReport> reports = new TreeMap<>(Comparator.reverseOrder());
    private final Map<Long, RawCallback> raws = new HashMap<>();
    private final Map<String, SeenErrorCode> errorCodes = new TreeMap<>();
    private final Map<String, StoredToken> tokens = new TreeMap<>();
    private final Map<AccountName, Map<Long, Long>> hours = new TreeMap<>();
    private final List<RawSegment> segments = new ArrayList<>();
    private final NavigableMap<Long, QuarantinedCallback> quarantine = new TreeMap<>();
    private long sequence;

    /** Stores what one callback, or one registration, says. */
    public void add(AccountName account, Source source, Instant receivedAt, DeliveryEvent... events) {
        RawCallback raw = new RawCallback("POST", null, null, "{}".getBytes(StandardCharsets.UTF_8));
        append(List.of(new Incoming(account, source, receivedAt, raw, List.of(events), null)));
    }

    public synchronized Collection<StuckFlag> flags() {
        return List.copyOf(flags.values());
    }

    public synchronized Collection<MessageHistory> histories() {
        return List.copyOf(messages.values());
    }

    @Override
    public synchronized void append(List<Incoming> batch) {
        for (Incoming incoming : batch) {
            AccountActivity before = activityOf(incoming.account());
            boolean callback = incoming.source() == Source.WEBHOOK;
            Instant last = callback ? incoming.receivedAt() : before.lastCallbackAt();
            activity.put(
                    incoming.account(),
                    new AccountActivity(
                            incoming.account(), last, before.refused(), before.lastRefusedAt(), before.hint()));
            long first = sequence + 1;
            for (DeliveryEvent event : incoming.events()) {
                record(incoming, event);
            }
            if (incoming.events().isEmpty()) {
                raws.put(++sequence, incoming.raw());
            }
            segments.add(new RawSegment(
                    first,
                    sequence + 1,
                    incoming.receivedAt(),
                    false,
                    List.of(new RawSegment.Entry(
                            first, (int) (sequence + 1 - first), incoming.receivedAt(), incoming.raw()))));
            if (incoming.quarantine() != null) {
                quarantine.put(
                        first,
                        new QuarantinedCallback(
                                first, incoming.account(), incoming.receivedAt(), incoming.quarantine()));
            }
        }
    }

    @Override
    public void sync() {}

    private void record(Incoming incoming, DeliveryEvent event) {
        MessageHistory before = messages.getOrDefault(event.message(), MessageHistory.none(event.message()));
        RecordedEvent recorded = new RecordedEvent(
                ++sequence, incoming.receivedAt(), true, incoming.source(), incoming.account(), event);
        messages.put(event.message(), before.with(recorded));
        raws.put(sequence, incoming.raw());
    }

    private AccountActivity activityOf(AccountName account) {
        return activity.getOrDefault(account, new AccountActivity(account, null, Map.of(), null));
    }

    @Override
    public synchronized void flag(List<StuckFlag> added) {
        for (StuckFlag flag : added) {
            flags.put(flag.message(), flag);
        }
    }

    @Override
    public synchronized boolean keep(KeptReport report) {
        return reports.putIfAbsent(report.date(), report) == null;
    }

    @Override
    public synchronized void addRefused(List<Refused> refused) {
        for (Refused one : refused) {
            AccountActivity before = activityOf(one.account());
            Map<String, Long> counts = new TreeMap<>(before.refused());
            counts.merge(one.reason(), one.count(), Long::sum);
            activity.put(
                    one.account(),
                    new AccountActivity(
                            one.account(),
                            before.lastCallbackAt(),
                            counts,
                            one.lastAt(),
                            one.hint() == null ? before.hint() : one.hint()));
        }
    }

    @Override
    public synchronized void addErrorCodes(List<SeenErrorCode> seen) {
        for (SeenErrorCode one : seen) {
            errorCodes.merge(
                    one.provider() + " " + one.code(),
                    one,
                    (before, more) -> new SeenErrorCode(
                            more.provider(), more.code(), before.count() + more.count(), more.lastAt()));
        }
    }

    @Override
    public synchronized void addTraffic(List<Traffic> traffic) {
        for (Traffic one : traffic) {
            hours.computeIfAbsent(one.account(), account -> new TreeMap<>())
                    .merge(one.hour(), one.callbacks(), Long::sum);
        }
    }

    @Override
    public synchronized List<SeenErrorCode> errorCodes() {
        return List.copyOf(errorCodes.values());
    }

    @Override
    public synchronized boolean addToken(StoredToken token) {
        return tokens.putIfAbsent(token.name(), token) == null;
    }

    @Override
    public synchronized boolean removeToken(String name) {
        return tokens.remove(name) != null;
    }

    @Override
    public synchronized void usedTokens(List<StoredToken> used) {
        used.forEach(token -> tokens.replace(token.name(), token));
    }

    @Override
    public synchronized List<StoredToken> tokens() {
        return List.copyOf(tokens.values());
    }

    @Override
    public synchronized Silence.History traffic(AccountName account, Instant now) {
        Instant last = activityOf(account).lastCallbackAt();
        long unanswered = open(account, now.minus(Silence.PATIENCE), true).stream()
                .filter(open -> last == null || open.state().waitingSince().isAfter(last.plusSeconds(60)))
                .count();
        return new Silence.History(last, hours.getOrDefault(account, Map.of()), unanswered);
    }

    @Override
    public synchronized void release(List<Long> sequences) {
        sequences.forEach(quarantine::remove);
    }

    @Override
    public synchronized Optional<RawSegment> segment(long fromSequence, Instant since) {
        return segments.stream()
                .filter(segment -> segment.firstSequence() >= fromSequence)
                .filter(segment -> !segment.receivedAt().isBefore(since))
                .findFirst();
    }

    @Override
    public synchronized long nextSequence() {
        return sequence + 1;
    }

    @Override
    public synchronized List<QuarantinedCallback> quarantine(long before, int limit) {
        return quarantine.headMap(before, false).descendingMap().values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<QuarantinedCallback> quarantined(long ofSequence) {
        return Optional.ofNullable(quarantine.get(ofSequence));
    }

    @Override
    public synchronized long quarantineSize() {
        return quarantine.size();
    }

    /** Nothing is removed here: what a store removes, and what is left, is a matter of real databases. */
    @Override
    public Housekeeping housekeeping() {
        throw new UnsupportedOperationException("the fake store keeps everything");
    }

    @Override
    public void probe() {}

    @Override
    public synchronized Optional<StoredMessage> message(MessageKey key) {
        return Optional.ofNullable(messages.get(key)).map(history -> new StoredMessage(history, flags.get(key)));
    }

    @Override
    public synchronized List<StoredMessage> messages(String id) {
        return messages.values().stream()
                .filter(history -> history.message().id().equals(id))
                .map(history -> new StoredMessage(history, flags.get(history.message())))
                .toList();
    }

    @Override
    public synchronized List<StoredMessage> messages(Collection<String> ids) {
        return ids.stream().flatMap(id -> messages(id).stream()).toList();
    }

    @Override
    public LookupMemory lookups() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean indexNext() {
        return false;
    }

    @Override
    public synchronized MessagePage page(MessageFilter filter, @Nullable Long before, int limit) {
        List<StoredMessage> matching = matching(filter).stream()
                .filter(message -> before == null || id(message) < before)
                .toList();
        boolean more = matching.size() > limit;
        return more
                ? new MessagePage(matching.subList(0, limit), id(matching.get(limit - 1)))
                : new MessagePage(matching, null);
    }

    @Override
    public synchronized MessageScan scan(MessageFilter filter) {
        Iterator<StoredMessage> matching = matching(filter).iterator();
        return new MessageScan() {
            @Override
            public @Nullable StoredMessage next() {
                return matching.hasNext() ? matching.next() : null;
            }

            @Override
            public double progress() {
                return matching.hasNext() ? 0 : 1;
            }

            @Override
            public void close() {}
        };
    }

    private static long id(StoredMessage message) {
        return message.history().events().get(0).sequence();
    }

    private List<StoredMessage> matching(MessageFilter filter) {
        return messages.values().stream()
                .map(history -> new StoredMessage(history, flags.get(history.message())))
                .filter(message -> filter.matches(MessageState.of(message.history()), message.flag()))
                .sorted(Comparator.comparingLong(FakeStore::id).reversed())
                .toList();
    }

    @Override
    public synchronized List<AccountName> accounts() {
        return List.copyOf(new TreeSet<>(activity.keySet()));
    }

    @Override
    public synchronized List<OpenMessage> open(AccountName account, Instant waitingSince, boolean flagged) {
        return all().stream()
                .filter(message -> message.state().open())
                .filter(message -> message.state().account().equals(account))
                .filter(message -> !message.state().waitingSince().isAfter(waitingSince))
                .filter(message -> flagged || message.flag() == null)
                .sorted(Comparator.comparing(message -> message.state().waitingSince()))
                .toList();
    }

    @Override
    public synchronized List<OpenMessage> flaggedButSettled() {
        return all().stream()
                .filter(message -> !message.state().open())
                .filter(message -> mayStillSettle(message.flag()))
                .toList();
    }

    private static boolean mayStillSettle(@Nullable StuckFlag flag) {
        return flag != null && (flag.active() || flag.ending() == StuckFlag.Ending.NEVER_REPORTED);
    }

    private List<OpenMessage> all() {
        List<OpenMessage> all = new ArrayList<>();
        messages.forEach((key, history) -> all.add(new OpenMessage(MessageState.of(history), flags.get(key))));
        return all;
    }

    @Override
    public synchronized List<StuckFlag> flagsActiveAfter(Instant time) {
        return flags.values().stream()
                .filter(flag -> flag.endedAt() == null || flag.endedAt().isAfter(time))
                .sorted(Comparator.comparing(StuckFlag::dueAt).thenComparing(StuckFlag::message))
                .toList();
    }

    @Override
    public synchronized List<AccountActivity> activity() {
        return List.copyOf(activity.values());
    }

    @Override
    public synchronized Optional<KeptReport> report(LocalDate date) {
        return Optional.ofNullable(reports.get(date));
    }

    @Override
    public synchronized List<LocalDate> reportDates() {
        return List.copyOf(reports.keySet());
    }

    @Override
    public synchronized Optional<RawCallback> raw(long ofSequence) {
        return Optional.ofNullable(raws.get(ofSequence));
    }

    @Override
    public void close() {}
}
