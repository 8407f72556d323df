package dev.sendstatus.api;

import dev.sendstatus.channel.ChannelSettings;
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
import dev.sendstatus.ingest.IngestSettings;
import dev.sendstatus.outbound.Destination;
import dev.sendstatus.outbound.SigningSecret;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.provider.bandwidth.BandwidthAdapter;
import dev.sendstatus.provider.telnyx.TelnyxAdapter;
import dev.sendstatus.provider.twilio.TwilioAdapter;
import dev.sendstatus.relay.EndpointSettings;
import dev.sendstatus.report.ReportDocuments;
import dev.sendstatus.report.ReportFormat;
import dev.sendstatus.report.ReportSettings;
import dev.sendstatus.report.StuckReports;
import dev.sendstatus.state.Change;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.TokenHash;
import dev.sendstatus.store.TokenScope;
import dev.sendstatus.store.jdbc.Store;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The real server with the real adapters, and a little of everything stored: what the description and its examples speak of. */
final class ExampleServer implements AutoCloseable {
    static final String READ_TOKEN = "sst_only-reads";
    static final String TWILIO_TOKEN = "0123456789abcdef0123456789abcdef";
    static final String TWILIO_SID = "AC00000000000000000000000000000001";
    static final Instant AT = Instant.parse("2026-11-25T12:00:00Z");
    /** What cannot be understood, now or later. */
    static final long QUARANTINED = 1;

    static final byte[] NOT_UTF_8 = {(byte) 0xff, (byte) 0xfe, '{'};

    /** While it is set, nothing can be read: the database does not answer. */
    final AtomicBoolean down = new AtomicBoolean();

    final TestServer server;
    final Store store;

    ExampleServer(Path folder) throws Exception {
        server = new TestServer(
                folder,
                new IngestSettings(100, Duration.ofMillis(600)),
                List.of(
                        configured(new TelnyxAdapter(), Map.of()),
                        configured(new TwilioAdapter(), Map.of("account-sid", TWILIO_SID, "auth-token", TWILIO_TOKEN)),
                        configured(
                                new BandwidthAdapter(),
                                Map.of("callback-username", "first", "callback-password", "secret"))),
                List.of(endpoint()),
                List.of(channel()),
                this::requireUp);
        store = server.store;
        fill();
        relay();
        alerts();
    }

    private static <K> ConfiguredProvider<K> configured(ProviderAdapter<K> adapter, Map<String, String> settings)
            throws Exception {
        return new ConfiguredProvider<>(
                adapter,
                settings.isEmpty()
                        ? List.of()
                        : List.of(new Account<>(
                                new AccountName(adapter.provider(), "main"), true, adapter.keys(settings))),
                "Set TELNYX_PUBLIC_KEY.");
    }

    /** Where nobody listens. */
    private static EndpointSettings endpoint() {
        return new EndpointSettings(
                "default",
                new Destination(
                        Destination.url("http://127.0.0.1:1/hook", true),
                        List.of(SigningSecret.read(SigningSecret.make())),
                        Duration.ofSeconds(1),
                        true),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                1,
                true);
    }

    /** Where nobody listens. */
    private static ChannelSettings channel() {
        Destination nowhere = new Destination(
                Destination.url("http://127.0.0.1:1/hook", true), List.of(), Duration.ofSeconds(1), true);
        return new ChannelSettings(
                "chat", ChannelSettings.Type.SLACK, List.of(), nowhere, null, Severity.WARNING, false);
    }

    /** One delivery of each kind. */
    private void relay() throws StoreException {
        String feed = server.reads().changes(0, 0).feed();
        store.relay().addEndpoint("default", feed, 0);
        store.relay().takeEndpoint("default", "node", AT, AT);
        RelayEndpoint endpoint = server.reads().relay().endpoint("default").orElseThrow();
        List<Change> changes = server.reads().changes(0, 3).changes();
        List<RelayDelivery> deliveries = new ArrayList<>();
        for (RelayDelivery.State state : RelayDelivery.State.values()) {
            Change change = changes.get(state.ordinal());
            boolean delivered = state == RelayDelivery.State.DELIVERED;
            deliveries.add(new RelayDelivery(
                    change.sequence(),
                    change.after().message(),
                    state,
                    2,
                    state == RelayDelivery.State.RETRYING ? AT : null,
                    AT,
                    delivered ? 200 : 400,
                    delivered ? null : "HTTP 400",
                    delivered ? null : "no such message"));
        }
        store.relay().save(endpoint, AT, deliveries);
    }

    /** One that fires, and one that has ended. */
    private void alerts() throws StoreException {
        for (String key : List.of("twilio/main", "bandwidth/main campaign=vote")) {
            store.alerts()
                    .add(new Alert(
                            0,
                            "spam_filter",
                            key,
                            Alert.State.PENDING,
                            Severity.WARNING,
                            AT,
                            null,
                            null,
                            0.3,
                            0.01,
                            100L,
                            List.of("from=+12025550100: 30 of 60"),
                            "30 of 100 messages were taken for spam: 30 %, usually 1 %.",
                            "Change the text.",
                            null,
                            null,
                            null,
                            null));
        }
        Alert second = server.reads().alerts().one(2).orElseThrow();
        store.alerts().change(second, second.in(Alert.State.RESOLVED, AT), null, List.of());
    }

    private void requireUp() throws SQLException {
        if (down.get()) {
            throw new SQLTransientConnectionException("the database does not answer");
        }
    }

    private void fill() throws StoreException {
        Instant now = Instant.now();
        quarantined(
                "bandwidth",
                "[{\"type\":\"message-teleported\",\"message\":{\"id\":\"x-1\"}}]".getBytes(StandardCharsets.UTF_8));
        quarantined("twilio", NOT_UTF_8);
        come(
                "bandwidth",
                now.minusSeconds(60),
                event("bandwidth", "first-1", Progress.FAILED, "message-failed")
                        .errorCode("4770")
                        .occurredAt(now.minusSeconds(61))
                        .from("+12025550100")
                        .segments(2)
                        .cost(new Cost(new BigDecimal("0.0075"), "USD"))
                        .carrier("A carrier")
                        .build());
        come(
                "bandwidth",
                now,
                event("bandwidth", "twice", Progress.SENT, "sent").build());
        come("twilio", now, event("twilio", "twice", Progress.SENT, "sent").build());
        come(
                "twilio",
                now.minus(Duration.ofHours(9)),
                event("twilio", "waits", Progress.SENT, "sent")
                        .from("+12025550100")
                        .build());
        come(
                "twilio",
                now,
                event("twilio", "mistake-1", Progress.REGISTERED, "registered")
                        .registration(new Registration(
                                List.of(new Recipient("+12025550123")), null, null, List.of(), List.of()))
                        .build());
        store.keep(new KeptReport(LocalDate.parse("2026-11-25"), AT, report()), List.of(), AT);
        store.addToken(new StoredToken("reader", TokenHash.of(READ_TOKEN), TokenScope.READ, AT, null));
    }

    private String report() throws StoreException {
        return ReportDocuments.render(
                new StuckReports(
                                server.reads(),
                                new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7)),
                                new ReportSettings(LocalTime.of(6, 0), ZoneOffset.UTC))
                        .asOfNow(Instant.now()),
                ReportFormat.JSON);
    }

    private static DeliveryEvent.Builder event(String provider, String id, Progress progress, String status) {
        return DeliveryEvent.of(new MessageKey(new Provider(provider), id), Direction.OUTBOUND, progress, status)
                .to("+12025550123");
    }

    private void come(String provider, Instant at, DeliveryEvent event) throws StoreException {
        commit(provider, at, "{}".getBytes(StandardCharsets.UTF_8), List.of(event), null);
    }

    /** As a version kept it that understood less. */
    void quarantined(String provider, byte[] body) throws StoreException {
        commit(provider, AT, body, List.of(), "an event type that is not known");
    }

    private void commit(
            String provider, Instant at, byte[] body, List<DeliveryEvent> events, @Nullable String quarantine)
            throws StoreException {
        store.commit(List.of(new Incoming(
                new AccountName(new Provider(provider), "main"),
                Source.WEBHOOK,
                Instant.ofEpochMilli(at.toEpochMilli()),
                new RawCallback("POST", null, "application/json", body),
                events,
                quarantine)));
    }

    @Override
    public void close() {
        server.close();
    }
}
