package dev.sendstatus.api;

import dev.sendstatus.channel.ChannelSettings;
import dev.sendstatus.channel.NoticeSettings;
import dev.sendstatus.event.Provider;
import dev.sendstatus.feed.Waiters;
import dev.sendstatus.ingest.CallbackReader;
import dev.sendstatus.ingest.DirectCommit;
import dev.sendstatus.ingest.ErrorCodeCounts;
import dev.sendstatus.ingest.IngestQueue;
import dev.sendstatus.ingest.ReadBarrier;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.query.ErrorCodeList;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.query.WebhookList;
import dev.sendstatus.relay.EndpointSettings;
import dev.sendstatus.relay.Relay;
import dev.sendstatus.replay.Replayer;
import dev.sendstatus.report.StuckReports;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.QuarantinedCallback;
import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import io.javalin.config.JavalinConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All routes of the server over what answers them.
 *
 * @param answerWithin how long a callback may take from its first byte to its answer
 */
public record Api(
        HttpSettings settings,
        Tokens tokens,
        List<ConfiguredProvider<?>> providers,
        IngestQueue queue,
        Duration answerWithin,
        Store store,
        Reads reads,
        MessageDocument document,
        StuckReports reports,
        PrometheusMeterRegistry meters,
        InstantSource clock,
        Refusals refusals,
        CallbackCounts counts,
        ErrorCodeCounts errorCodes,
        Waiters waiters,
        Relay relay,
        NoticeSettings notices) {

    /** The server, not yet listening. @param pages routes beside those of the API */
    public HttpServer server(Consumer<JavalinConfig> pages) {
        List<Consumer<JavalinConfig>> all = new ArrayList<>(routes());
        all.add(pages);
        return new HttpServer(settings, tokens, refused(), webhooks(), all);
    }

    RefusedRequests refused() {
        return new RefusedRequests(meters, refusals.log());
    }

    WebhookRoutes webhooks() {
        return new WebhookRoutes(providers, settings, answerWithin, queue, refusals, counts, meters, clock);
    }

    DirectCommit commit(Duration patience) {
        return new DirectCommit(store, patience, System::nanoTime, errorCodes::add);
    }

    /** Reads stored callbacks again. */
    public Replayer replayer() {
        CallbackReader interpreter = new CallbackReader(
                providers.stream().map(provider -> provider.adapter()).toList());
        return new Replayer(reads, store, interpreter, meters);
    }

    public WebhookList webhookList() {
        return new WebhookList(providers, settings.publicUrl().toString());
    }

    public ErrorCodeList errorCodeList() {
        return new ErrorCodeList(document.catalogue());
    }

    public ListParameters listParameters() {
        return new ListParameters(reads, providers, document);
    }

    List<Consumer<JavalinConfig>> routes() {
        return List.of(
                new BehindHeader(new ReadBarrier(reads, clock))::install,
                new HealthRoutes(store, meters, System::nanoTime)::install,
                new MessageRoutes(this)::install,
                new MessageListRoutes(this, listParameters())::install,
                new ChangeRoutes(this)::install,
                new RegistrationRoutes(this)::install,
                new ExportRoutes(reads, listParameters(), document, clock, queue)::install,
                new StatsRoutes(this)::install,
                new ReportRoutes(this)::install,
                new ErrorCodeRoutes(this)::install,
                new WebhookListRoutes(this)::install,
                new QuarantineRoutes(this)::install,
                new RelayRoutes(this)::install,
                new AlertRoutes(this)::install,
                new ChannelRoutes(this)::install,
                new OpenApiRoutes(providers)::install);
    }

    /** The messages of that id, one at least. @param provider its word; null for all of them */
    public List<StoredMessage> messages(String id, @Nullable String provider) throws StoreException, Unanswerable {
        List<StoredMessage> found = reads.messages(id).stream()
                .filter(message -> provider == null
                        || message.state().message().provider().word().equals(provider))
                .toList();
        if (found.isEmpty()) {
            throw none(
                    "No such message",
                    "No callback and no registration has named a message with this id"
                            + (provider == null ? "." : " for this provider."));
        }
        return found;
    }

    /** A provider whose error codes the catalogue has. */
    public Provider provider(String word) throws Unanswerable {
        List<Provider> known = document.catalogue().providers();
        return known.stream()
                .filter(provider -> provider.word().equals(word))
                .findFirst()
                .orElseThrow(() -> none(
                        "No such provider",
                        "The catalogue has codes of "
                                + known.stream().map(Provider::word).collect(Collectors.joining(", ")) + "."));
    }

    public QuarantinedCallback quarantined(String number) throws StoreException, Unanswerable {
        return reads.callbacks().quarantined(number(number)).orElseThrow(Api::notInQuarantine);
    }

    static Unanswerable notInQuarantine() {
        return none(
                "Not in quarantine",
                "No callback of this number is in quarantine: it was never there, or has been understood since.");
    }

    /** An endpoint of the relay, as it is configured. */
    public EndpointSettings endpoint(String name) throws Unanswerable {
        return relay.endpoints().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> none(
                        "No such endpoint",
                        "No endpoint of this name is configured: relay.endpoints in the configuration, or"
                                + " SENDSTATUS_RELAY_URL for the one called default."));
    }

    public RelayDelivery delivery(String endpoint, long sequence) throws StoreException, Unanswerable {
        return reads.relay()
                .delivery(endpoint, sequence)
                .orElseThrow(() -> none(
                        "No such delivery",
                        "No delivery of this change failed: it was delivered, is not wanted by the endpoint, or waits"
                                + " for its turn."));
    }

    public Alert alert(String id) throws StoreException, Unanswerable {
        return reads.alerts()
                .one(number(id))
                .orElseThrow(
                        () -> none("No such alert", "No alert has this number, or it ended more than 90 days ago."));
    }

    public ChannelSettings channel(String name) throws Unanswerable {
        return notices.channel(name)
                .orElseThrow(() -> none(
                        "No such channel",
                        "No channel of this name is on: channels in the configuration, SENDSTATUS_MAIL_TO for the one"
                                + " called email, or SENDSTATUS_CHAT_URL for the one called chat."));
    }

    private static Unanswerable none(String title, String detail) {
        return new Unanswerable(404, title, detail);
    }

    /** The number that a path has; -1, which nothing has, for any other text. */
    public static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
