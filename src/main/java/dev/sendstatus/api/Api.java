package dev.sendstatus.api;

import dev.sendstatus.channel.NoticeSettings;
import dev.sendstatus.feed.Waiters;
import dev.sendstatus.ingest.CallbackReader;
import dev.sendstatus.ingest.DirectCommit;
import dev.sendstatus.ingest.ErrorCodeCounts;
import dev.sendstatus.ingest.IngestQueue;
import dev.sendstatus.ingest.ReadBarrier;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.query.WebhookList;
import dev.sendstatus.relay.Relay;
import dev.sendstatus.replay.Replayer;
import dev.sendstatus.report.StuckReports;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import io.javalin.config.JavalinConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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
        StuckLimits limits,
        StuckReports reports,
        PrometheusMeterRegistry meters,
        InstantSource clock,
        Refusals refusals,
        CallbackCounts counts,
        ErrorCodeCounts errorCodes,
        Waiters waiters,
        Relay relay,
        NoticeSettings notices) {

    /** The server, not yet listening. */
    public HttpServer server() {
        return server(routes());
    }

    /** The same, which serves pages as well. */
    public HttpServer server(Consumer<JavalinConfig> pages) {
        List<Consumer<JavalinConfig>> all = new ArrayList<>(routes());
        all.add(pages);
        return server(all);
    }

    private HttpServer server(List<Consumer<JavalinConfig>> all) {
        return new HttpServer(settings, tokens, refused(), webhooks(), all);
    }

    RefusedRequests refused() {
        return new RefusedRequests(meters, refusals.log());
    }

    WebhookRoutes webhooks() {
        return new WebhookRoutes(providers, settings, answerWithin, queue, refusals, counts, meters, clock);
    }

    private DirectCommit commit(Duration patience) {
        return new DirectCommit(store, patience, System::nanoTime, errorCodes::add);
    }

    /** Reads stored callbacks again. */
    public Replayer replayer() {
        CallbackReader interpreter = new CallbackReader(
                providers.stream().map(provider -> provider.adapter()).toList());
        return new Replayer(reads, store, interpreter, meters);
    }

    List<Consumer<JavalinConfig>> routes() {
        WebhookList webhooks = new WebhookList(providers, settings.publicUrl().toString());
        return List.of(
                new BehindHeader(new ReadBarrier(reads, clock))::install,
                new HealthRoutes(store, meters, System::nanoTime)::install,
                new MessageRoutes(reads, document, limits, commit(answerWithin), clock)::install,
                new MessageListRoutes(reads, providers, document, limits, settings.maxBodyBytes(), clock)::install,
                new ChangeRoutes(reads, waiters, providers, document, limits, clock)::install,
                new RegistrationRoutes(settings.maxBodyBytes(), providers, this::commit, answerWithin, reads, clock)
                        ::install,
                new ExportRoutes(reads, providers, document, limits, clock, queue)::install,
                new StatsRoutes(reads, document, limits, clock)::install,
                new ReportRoutes(reads, reports, clock)::install,
                new ErrorCodeRoutes(reads, document.catalogue())::install,
                new WebhookListRoutes(reads, webhooks, clock)::install,
                new QuarantineRoutes(reads, replayer(), meters)::install,
                new RelayRoutes(relay.endpoints(), relay::wake, store, reads, clock)::install,
                new AlertRoutes(store, reads, clock)::install,
                new ChannelRoutes(notices, clock)::install,
                new OpenApiRoutes(providers)::install);
    }
}
