package dev.sendstatus.docs;

import dev.sendstatus.catalog.Catalogue;
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
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.jdbc.Store;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A week of small campaigns in which everything happens that docs/sql.md asks about. The same on every database. */
final class SampleCampaigns {
    private static final Instant MONDAY = Instant.parse("2026-11-16T09:00:00Z");
    private static final int MESSAGES = 420;
    private static final Provider TWILIO = new Provider("twilio");
    private static final Provider TELNYX = new Provider("telnyx");
    private static final Provider BANDWIDTH = new Provider("bandwidth");
    private static final List<Provider> PROVIDERS = List.of(TWILIO, TELNYX, BANDWIDTH);
    private static final List<String> CARRIERS = List.of("AT&T", "T-Mobile USA", "Verizon Wireless");
    private static final List<String> CAMPAIGNS = List.of("autumn", "bus tour", "vote");
    private static final List<String> DOMAINS = List.of("example.com", "example.org");

    private SampleCampaigns() {}

    static void fill(Store store) throws StoreException {
        store.keepCatalogue(Catalogue.of(PROVIDERS));
        List<Incoming> all = new ArrayList<>();
        List<StuckFlag> stuck = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            Sample sample = Sample.of(i);
            all.addAll(sample.said());
            if (sample.end() == null) {
                stuck.add(sample.flag());
            }
        }
        all.add(new Incoming(
                new AccountName(TELNYX, "main"),
                Source.WEBHOOK,
                MONDAY.plus(Duration.ofDays(6)),
                raw("{}"),
                List.of(),
                "it has no event type"));
        store.commit(all);
        store.flag(stuck);
    }

    private static RawCallback raw(String body) {
        return new RawCallback("POST", null, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    /** @param end how it ended; null if nothing came after it was sent */
    private record Sample(
            int number,
            Provider provider,
            Instant sentAt,
            @Nullable Progress end,
            @Nullable String code) {

        static Sample of(int i) {
            Provider provider = PROVIDERS.get(i % 3);
            Instant sentAt = MONDAY.plus(Duration.ofDays(i % 7)).plus(Duration.ofMinutes(i));
            // One number never gets anything.
            return switch (i % 50 == 6 ? 7 : i / 3 % 10) {
                case 5 -> new Sample(i, provider, sentAt, Progress.FAILED, code(provider, "30007", "40002", "4770"));
                case 6 -> new Sample(i, provider, sentAt, Progress.FAILED, code(provider, "21610", "40300", "4475"));
                case 7 -> new Sample(i, provider, sentAt, Progress.FAILED, code(provider, "30003", "40001", "99999"));
                case 8 -> new Sample(i, provider, sentAt, i % 4 == 0 ? null : Progress.UNCONFIRMED, null);
                default -> new Sample(i, provider, sentAt, Progress.DELIVERED, null);
            };
        }

        private static String code(Provider provider, String twilio, String telnyx, String bandwidth) {
            return provider.equals(TWILIO) ? twilio : provider.equals(TELNYX) ? telnyx : bandwidth;
        }

        private AccountName account() {
            return new AccountName(provider, number % 5 == 0 ? "second" : "main");
        }

        private MessageKey key() {
            return new MessageKey(provider, "message-" + number);
        }

        private String recipient() {
            return (number % 2 == 0 ? "+1202555" : "+1415555") + String.format("%04d", number % 50);
        }

        private String sender() {
            return "+1202555019" + number % 4;
        }

        List<Incoming> said() {
            List<Incoming> said = new ArrayList<>();
            said.add(new Incoming(
                    account(),
                    Source.REGISTRATION,
                    sentAt.minusSeconds(1),
                    new RawCallback("POST", null, null, new byte[0]),
                    List.of(event(Progress.REGISTERED, "registered")
                            .registration(new Registration(
                                    List.of(new Recipient(recipient())),
                                    "order-" + number,
                                    number % 8 == 0 ? null : CAMPAIGNS.get(number % 3),
                                    number % 4 == 0 ? List.of("first") : List.of(),
                                    number % 3 == 0 ? List.of() : List.of(DOMAINS.get(number % 2))))
                            .build()),
                    null));
            said.add(webhook(
                    sentAt, event(Progress.SENT, "sent").occurredAt(sentAt).segments(1 + number % 2)));
            if (end != null) {
                Instant at = sentAt.plusMillis(1_250L + 40L * number);
                said.add(webhook(
                        at,
                        event(end, end.name().toLowerCase(Locale.ROOT))
                                .occurredAt(at)
                                .errorCode(code)
                                .carrier(CARRIERS.get(number % 7 % 3))
                                .cost(number % 5 == 0 ? null : new Cost(new BigDecimal("0.0045"), "USD"))));
            }
            return said;
        }

        private DeliveryEvent.Builder event(Progress progress, String status) {
            return DeliveryEvent.of(key(), Direction.OUTBOUND, progress, status)
                    .from(sender())
                    .to(recipient());
        }

        private Incoming webhook(Instant at, DeliveryEvent.Builder event) {
            return new Incoming(
                    account(),
                    Source.WEBHOOK,
                    at,
                    raw("{\"id\":\"message-" + number + "\"}"),
                    List.of(event.build()),
                    null);
        }

        StuckFlag flag() {
            Instant due = sentAt.plus(Duration.ofHours(6));
            return new StuckFlag(key(), account(), sender(), sentAt, due, due, StuckReason.SENT_NO_RECEIPT, null, null);
        }
    }
}
