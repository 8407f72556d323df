package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Source;
import dev.sendstatus.store.jdbc.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** One outbound message to tell a store about, step by step: each method says what came, and when. */
public record TextMessage(Store store, AccountName account, String id, String from, String to) {
    public static final AccountName TWILIO = new AccountName(new Provider("twilio"), "main");
    public static final AccountName TELNYX = new AccountName(new Provider("telnyx"), "main");

    public static TextMessage in(Store store, AccountName account, String id) {
        return new TextMessage(store, account, id, "+12025550100", "+12025550123");
    }

    public MessageKey key() {
        return new MessageKey(account.provider(), id);
    }

    public TextMessage from(String sender) {
        return new TextMessage(store, account, id, sender, to);
    }

    /** The sending program says that it sent it; no callback. */
    public TextMessage registeredAt(Instant time) throws StoreException {
        return say(Progress.REGISTERED, Source.REGISTRATION, time, time);
    }

    public TextMessage acceptedAt(Instant time) throws StoreException {
        return say(Progress.ACCEPTED, Source.WEBHOOK, time, time);
    }

    public TextMessage sentAt(Instant time) throws StoreException {
        return say(Progress.SENT, Source.WEBHOOK, time, time);
    }

    public TextMessage deliveredAt(Instant time) throws StoreException {
        return say(Progress.DELIVERED, Source.WEBHOOK, time, time);
    }

    public TextMessage failedAt(Instant time) throws StoreException {
        return say(Progress.FAILED, Source.WEBHOOK, time, time);
    }

    public TextMessage unconfirmedAt(Instant time) throws StoreException {
        return say(Progress.UNCONFIRMED, Source.WEBHOOK, time, time);
    }

    public TextMessage say(Progress progress, Source source, Instant occurredAt, Instant receivedAt)
            throws StoreException {
        add(
                store,
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

    /** What {@link #TWILIO} says of a message of that id. */
    public static DeliveryEvent event(String id, Progress progress) {
        return DeliveryEvent.of(
                        new MessageKey(TWILIO.provider(), id),
                        Direction.OUTBOUND,
                        progress,
                        progress.name().toLowerCase(Locale.ROOT))
                .to("+12025550123")
                .build();
    }

    /** Stores what one callback, or one registration, says. */
    public static void add(Store store, AccountName account, Source source, Instant receivedAt, DeliveryEvent... events)
            throws StoreException {
        RawCallback raw = new RawCallback("POST", null, null, "{}".getBytes(StandardCharsets.UTF_8));
        store.commit(List.of(new Incoming(account, source, receivedAt, raw, List.of(events), null)));
    }
}
