package dev.sendstatus.state;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Cost;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import dev.sendstatus.event.Source;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random events over few values, so that repeats, ties and contradictions are common. */
public final class Histories {
    public static final Provider PROVIDER = new Provider("testtel");
    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final String[] ADDRESSES = {
        "+12025550143", "12025550143", "+12025550144", "12345", "ACME", "whatsapp:+12025550143"
    };
    private static final String[] CODES = {"30003", "30007", "995", "4470", "x1"};

    private Histories() {}

    public static DeliveryEvent event(Random random, MessageKey key) {
        return event(random, key, START);
    }

    /** @param start about when it happened */
    public static DeliveryEvent event(Random random, MessageKey key, Instant start) {
        boolean inbound = random.nextInt(20) == 0;
        Progress progress = inbound ? Progress.DELIVERED : Progress.values()[random.nextInt(Progress.values().length)];
        if (random.nextInt(12) == 0) {
            MessageHistory registered = MessageHistory.none(key);
            for (int round = random.nextInt(2); round > 0; round--) {
                registered = registered.with(recorded(random, Registrations.withdrawal(registered), round));
            }
            return Registrations.withdrawal(registered);
        }
        DeliveryEvent.Builder event = DeliveryEvent.of(
                key,
                inbound ? Direction.INBOUND : Direction.OUTBOUND,
                progress,
                progress.name().toLowerCase() + random.nextInt(2));
        if (random.nextInt(5) > 0) {
            event.to(ADDRESSES[random.nextInt(random.nextBoolean() ? 2 : ADDRESSES.length)]);
        }
        if (random.nextInt(8) == 0) {
            event.soleRecipient();
        }
        if (random.nextBoolean()) {
            event.errorCode(CODES[random.nextInt(CODES.length)]);
        }
        if (random.nextBoolean()) {
            event.occurredAt(start.plusMillis(random.nextInt(5) * 1_500L));
        }
        if (random.nextInt(4) == 0) {
            event.eventId("40316f6a-41b2-4c5c-9d5e-00000000000" + random.nextInt(3));
        }
        if (random.nextInt(4) == 0) {
            event.detail("RawDlrDoneDate=260102153" + random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            event.from(random.nextBoolean() ? "+12025550199" : "54321");
        }
        if (random.nextInt(4) == 0) {
            event.carrier(random.nextBoolean() ? "AT&T" : "T-Mobile USA");
        }
        if (random.nextInt(4) == 0) {
            event.sentAt(start.plusSeconds(random.nextInt(3)));
        }
        if (random.nextInt(4) == 0) {
            event.segments(1 + random.nextInt(3));
        }
        if (random.nextInt(6) == 0) {
            event.cost(new Cost(new BigDecimal(random.nextBoolean() ? "0.0040" : "0.004"), "USD"));
        }
        if (!inbound && random.nextInt(4) == 0) {
            event.registration(registration(random)).detail(random.nextBoolean() ? "2" : null);
        }
        return event.build();
    }

    private static Registration registration(Random random) {
        List<Recipient> to = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            to.add(new Recipient(ADDRESSES[random.nextInt(ADDRESSES.length)]));
        }
        return new Registration(
                to,
                random.nextBoolean() ? "order-" + random.nextInt(2) : null,
                random.nextBoolean() ? "autumn" : null,
                random.nextBoolean() ? List.of("vote", "first") : List.of(),
                random.nextInt(4) == 0 ? List.of("example.com") : List.of());
    }

    public static RecordedEvent recorded(Random random, DeliveryEvent event, long sequence) {
        return new RecordedEvent(
                sequence,
                START.plusMillis(sequence),
                true,
                Source.WEBHOOK,
                new AccountName(PROVIDER, random.nextInt(6) == 0 ? "second" : "main"),
                event);
    }

    /** Events of one message, in some order of arrival, no sequence twice. */
    public static List<RecordedEvent> arrivals(Random random, MessageKey key, int count) {
        List<RecordedEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(recorded(random, event(random, key), i + 1L));
        }
        return events;
    }

    public static MessageHistory history(MessageKey key, List<RecordedEvent> arrivals) {
        MessageHistory history = MessageHistory.none(key);
        for (RecordedEvent arrival : arrivals) {
            history = history.with(arrival);
        }
        return history;
    }
}
