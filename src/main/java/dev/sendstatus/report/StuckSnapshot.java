package dev.sendstatus.report;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecipientState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.AccountActivity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.StuckFlag.Ending;
import dev.sendstatus.store.jdbc.Reads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sorts every message that matters to one report into stuck, given up and resolved. A message that is open now is judged by its
 * waiting time alone, so that no sweep need have run; the flags tell of those that have settled. For a report made late that
 * gives back the messages that were stuck then, except for messages that settled between the two without ever having been seen stuck.
 * Used once, by one thread.
 */
final class StuckSnapshot {
    private final Reads reads;
    private final StuckLimits limits;
    private final Instant since;
    private final Instant asOf;
    private final boolean live;
    private final @Nullable Set<MessageKey> listedBefore;

    final List<StuckItem> stuck = new ArrayList<>();
    final List<StuckItem> givenUp = new ArrayList<>();
    final List<ResolvedItem> resolved = new ArrayList<>();
    long newlyStuck;
    /** By account; one that is absent never had any. */
    final Map<AccountName, Instant> lastCallbacks = new HashMap<>();

    /**
     * @param live {@code asOf} is now: what has settled is settled, even if a provider's clock runs ahead
     * @param listedBefore what the report of the day before listed; null if there is none
     */
    StuckSnapshot(
            Reads reads,
            StuckLimits limits,
            Instant since,
            Instant asOf,
            boolean live,
            @Nullable Set<MessageKey> listedBefore) {
        this.reads = reads;
        this.limits = limits;
        this.since = since;
        this.asOf = asOf;
        this.live = live;
        this.listedBefore = listedBefore;
    }

    void take() throws StoreException {
        // Open before settled: what settles between the two readings is then seen twice and counted once, never missed.
        Set<MessageKey> open = takeOpen();
        for (StuckFlag flag : settled(open).values()) {
            takeSettled(flag);
        }
        stuck.sort(StuckItem.OLDEST_FIRST);
        givenUp.sort(StuckItem.OLDEST_FIRST);
    }

    private Set<MessageKey> takeOpen() throws StoreException {
        for (AccountActivity activity : reads.activity()) {
            if (activity.lastCallbackAt() != null) {
                lastCallbacks.put(activity.account(), activity.lastCallbackAt());
            }
        }
        Set<MessageKey> seen = new HashSet<>();
        for (AccountName account : reads.accounts()) {
            Duration threshold = limits.thresholdOf(account);
            for (StoredMessage open : reads.open(account, asOf.minus(threshold), true)) {
                MessageState state = open.state();
                seen.add(state.message());
                Instant left = limits.givenUpAt(state.waitingSince());
                if (limits.stuck(account, state.waitingSince(), asOf)) {
                    stuck.add(item(state, open.stuckReason(threshold, asOf)));
                } else if (leftListSince(state.message(), left)) {
                    givenUp.add(item(state, open.stuckReason(threshold, asOf)));
                }
                countIfNew(state.message(), limits.dueAt(state), left);
            }
        }
        return seen;
    }

    /** The ended flags that may matter, each as its message's state has it now, whether or not the sweep has noted that. */
    private Map<MessageKey, StuckFlag> settled(Set<MessageKey> open) throws StoreException {
        Map<MessageKey, StuckFlag> flags = new LinkedHashMap<>();
        for (StuckFlag flag : reads.flagsActiveAfter(since)) {
            if (!flag.active() && flag.ending() != Ending.NEVER_REPORTED) {
                flags.put(flag.message(), flag);
            }
        }
        for (StoredMessage message : reads.flaggedButSettled()) {
            StuckFlag flag = message.flag();
            if (flag != null) {
                flags.put(flag.message(), flag.settledBy(message.state()));
            }
        }
        // A reconciliation learns today of a delivery of two days ago: its flag ended before this window, and yet it
        // is now that the message leaves the list.
        for (MessageKey key : listedBefore == null ? Set.<MessageKey>of() : listedBefore) {
            if (!open.contains(key) && !flags.containsKey(key)) {
                Optional<StoredMessage> message = reads.message(key);
                if (message.isPresent()) {
                    settledFlag(message.get()).ifPresent(flag -> flags.put(key, flag));
                }
            }
        }
        flags.keySet().removeAll(open);
        return flags;
    }

    private Optional<StuckFlag> settledFlag(StoredMessage message) {
        MessageState state = message.state();
        if (state.open()) {
            return Optional.empty();
        }
        StuckFlag flag = message.flag();
        if (flag == null) {
            Instant due = limits.dueAt(state);
            flag = new StuckFlag(
                    state.message(),
                    state.account(),
                    state.from(),
                    state.waitingSince(),
                    due,
                    due,
                    StuckReason.of(state.progress(), false),
                    null,
                    null);
        }
        return Optional.of(flag.settledBy(state));
    }

    private void takeSettled(StuckFlag flag) throws StoreException {
        Ending ending = flag.ending();
        Instant endedAt = flag.endedAt();
        if (ending == null || endedAt == null || flag.dueAt().isAfter(asOf)) {
            return;
        }
        Instant givenUpAt = limits.givenUpAt(flag.waitingSince());
        Instant left = earlier(endedAt, givenUpAt);
        if (live || !endedAt.isAfter(asOf)) {
            if (!leftListSince(flag.message(), endedAt)) {
                return;
            }
            resolved.add(new ResolvedItem(
                    flag.account(),
                    flag.message().id(),
                    flag.from(),
                    flag.waitingSince(),
                    flag.dueAt(),
                    ending,
                    endedAt));
        } else if (left.isAfter(asOf)) {
            stuck.add(itemAsOfThen(flag));
        } else if (leftListSince(flag.message(), left)) {
            givenUp.add(itemAsOfThen(flag));
        }
        countIfNew(flag.message(), flag.dueAt(), left);
    }

    /** True if a message that left the list at that time belongs into this report, and not into an earlier one. */
    private boolean leftListSince(MessageKey message, Instant left) {
        return left.isAfter(since) || (listedBefore != null && listedBefore.contains(message));
    }

    private void countIfNew(MessageKey message, Instant dueAt, Instant left) {
        boolean before = listedBefore != null ? listedBefore.contains(message) : !dueAt.isAfter(since);
        if (!before && left.isAfter(since)) {
            newlyStuck++;
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private StuckItem itemAsOfThen(StuckFlag flag) throws StoreException {
        MessageHistory history = reads.history(flag.message());
        if (history.events().isEmpty()) {
            return new StuckItem(
                    flag.account(),
                    flag.message().id(),
                    flag.from(),
                    List.of(),
                    flag.waitingSince(),
                    age(flag.waitingSince()),
                    "",
                    flag.reason());
        }
        List<RecordedEvent> then = history.events().stream()
                .filter(event -> !event.receivedAt().isAfter(asOf))
                .toList();
        MessageState state = MessageState.of(then.isEmpty() ? history : new MessageHistory(history.message(), then));
        return item(state, flag.reason());
    }

    private StuckItem item(MessageState state, StuckReason reason) {
        List<String> to = new ArrayList<>();
        RecipientState weakest = state.recipients().get(0);
        for (RecipientState recipient : state.recipients()) {
            if (recipient.progress().compareTo(weakest.progress()) < 0) {
                weakest = recipient;
            }
            Recipient address = recipient.to();
            if (address != null && recipient.status() == SendStatus.SENT && !recipient.unconfirmed()) {
                to.add(address.address());
            }
        }
        return new StuckItem(
                state.account(),
                state.message().id(),
                state.from(),
                to,
                state.waitingSince(),
                age(state.waitingSince()),
                weakest.providerStatus(),
                reason);
    }

    private long age(Instant waitingSince) {
        return Math.max(0, Duration.between(waitingSince, asOf).toSeconds());
    }
}
