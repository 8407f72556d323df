package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Source;
import java.time.Instant;
import java.util.Locale;

/** One outbound message to tell a store about, step by step: each method says what came, and when. */
public record TextMessage(FakeStore store, AccountName account, String id, String from, String to) {
    public static final AccountName TWILIO = new AccountName(new Provider("twilio"), "main");
    public static final AccountName TELNYX = new AccountName(new Provider("telnyx"), "main");

    public static TextMessage in(FakeStore store, AccountName account, String id) {
        return new TextMessage(store, account, id, "+12025550100", "+12025550123");
    }

    public MessageKey key() {
        return new MessageKey(account.provider(), id);
    }

    public TextMessage from(String sender) {
        return new TextMessage(store, account, id, sender, to);
    }

    /** The sending program says that it sent it; no callback. */
    public TextMessage registeredAt(Instant time) {
        return say(Progress.REGISTERED, Source.REGISTRATION, time, time);
    }

    public TextMessage acceptedAt(Instant time) {
        return say(Progress.ACCEPTED, Source.WEBHOOK, time, time);
    }

    public TextMessage sentAt(Instant time) {
        return say(Progress.SENT, Source.WEBHOOK, time, time);
    }

    public TextMessage deliveredAt(Instant time) {
        return say(Progress.DELIVERED, Source.WEBHOOK, time, time);
    }

    public TextMessage failedAt(Instant time) {
        return say(Progress.FAILED, Source.WEBHOOK, time, time);
    }

    public TextMessage unconfirmedAt(Instant time) {
        return say(Progress.UNCONFIRMED, Source.WEBHOOK, time, time);
    }

    public TextMessage say(Progress progress, Source source, Instant occurredAt, Instant receivedAt) {
        store.add(
                account,
                source,
                receivedAt,
                DeliveryEvent.of(
                                key(),
                                Direction.OUTBOUND,
                                progress,
                                progress.name().toLowerCase(Locale.ROOT))
                        .from(from)
                        .to(to)
                        .occurredAt(occurredAt)
                        .sentAt(progress == Progress.REGISTERED ? occurredAt : null)
                        .build());
        return this;
    }
}
