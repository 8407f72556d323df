package dev.sendstatus.app;

import dev.sendstatus.alert.Alerts;
import dev.sendstatus.alert.Disk;
import dev.sendstatus.alert.FiringMeter;
import dev.sendstatus.api.Api;
import dev.sendstatus.api.CallbackCounts;
import dev.sendstatus.api.HttpServer;
import dev.sendstatus.api.Refusals;
import dev.sendstatus.api.Tokens;
import dev.sendstatus.channel.ChannelSettings;
import dev.sendstatus.channel.Notices;
import dev.sendstatus.config.AccountConfiguration;
import dev.sendstatus.config.AccountOff;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.dashboard.Dashboard;
import dev.sendstatus.feed.HeldBack;
import dev.sendstatus.feed.Waiters;
import dev.sendstatus.ingest.Applier;
import dev.sendstatus.ingest.ApplyMeters;
import dev.sendstatus.ingest.CallbackReader;
import dev.sendstatus.ingest.DirectCommit;
import dev.sendstatus.ingest.ErrorCodeCounts;
import dev.sendstatus.ingest.GroupCommit;
import dev.sendstatus.ingest.IngestQueue;
import dev.sendstatus.jobs.Job;
import dev.sendstatus.jobs.JobTiming;
import dev.sendstatus.jobs.Jobs;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.relay.EndpointSettings;
import dev.sendstatus.relay.Relay;
import dev.sendstatus.report.DailyReport;
import dev.sendstatus.report.StuckReports;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.sweep.Sweeper;
import dev.sendstatus.text.Figures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server: started by hand in one order, stopped in the reverse. */
public final class Application implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);
    private static final Duration COUNTS_SAVE = Duration.ofSeconds(1);
    private static final Duration FIRING_READ = Duration.ofSeconds(15);
    private static final Duration RECONCILE_PATIENCE = Duration.ofSeconds(30);
    private static final Duration REFUSALS_SAVE = Duration.ofSeconds(2);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final int port;

    /**
     * Starts everything; when this returns, callbacks are taken.
     *
     * @throws StoreException if the database cannot be opened
     * @throws SoleServer.Taken if another server has the database
     * @throws IOException if the token's file cannot be made or read
     */
    public Application(Configuration configuration, List<ProviderAdapter<?>> adapters, InstantSource clock)
            throws StoreException, IOException {
        boolean complete = false;
        try {
            List<ConfiguredProvider<?>> providers = Providers.configured(configuration, adapters);
            tell(configuration);
            Database database = Database.of(configuration.database());
            Path file = database.file();
            if (file != null) {
                stopLater(SoleServer.of(file));
            }
            String token = configuration.apiToken() != null
                    ? configuration.apiToken()
                    : ApiToken.in(configuration.dataDirectory());

            Store store = stopLater(Store.open(database.dialect()));
            Reads reads = stopLater(Reads.open(database.dialect()));
            store.keepCatalogue(configuration.catalogue());

            Refusals refusals = new Refusals(meters, clock);
            stopLater(() -> refusals.save(store));

            ErrorCodeCounts errorCodes = new ErrorCodeCounts(configuration.catalogue(), meters);
            stopLater(() -> errorCodes.save(store));
            Tokens tokens = new Tokens(token, reads, clock);
            stopLater(() -> tokens.saveUses(store));
            CallbackCounts counts = new CallbackCounts(providers, reads.activity(), meters, clock);
            stopLater(() -> counts.save(store));

            IngestQueue queue = new IngestQueue(configuration.ingest());
            ApplyMeters applyMeters = new ApplyMeters(
                    adapters.stream().map(ProviderAdapter::provider).toList(),
                    reads,
                    errorCodes,
                    meters,
                    refusals.log(),
                    clock);
            Applier applier = stopLater(new Applier(store, queue, new CallbackReader(adapters), applyMeters).start());
            stopLater(new GroupCommit(
                            queue,
                            store::accept,
                            configuration.ingest(),
                            clock,
                            System::nanoTime,
                            meters,
                            applier::wake)
                    .start());

            Waiters waiters = new Waiters(reads, clock).start();
            store.whenEventsCome(waiters::wake);
            Gauge.builder("sendstatus.changes.waiting", waiters, Waiters::inside)
                    .description("Requests that wait for changes, of " + Figures.number(Waiters.MOST) + " that may")
                    .register(meters);
            HeldBack.register(reads, meters, clock);
            MessageDocument document = configuration.document();
            Relay relay = stopLater(
                    new Relay(configuration.endpoints(), store, reads, document, clock, meters).start(file != null));
            store.whenEventsCome(relay::wake);

            StuckReports reports = new StuckReports(reads, configuration.stuck().limits(), configuration.report());
            Sweeper sweeper = new Sweeper(store, reads, configuration.stuck(), clock);
            DailyReport daily = new DailyReport(store, reads, reports, configuration.report(), clock);
            ToldReports told = new ToldReports(reports, configuration.notices().publicUrl());
            stopLater(new Notices(configuration.notices(), told, store, reads, clock, meters).start());
            Duties duties = stopLater(new Duties());
            duties.every(REFUSALS_SAVE, "counting refusals", () -> refusals.save(store));
            duties.every(COUNTS_SAVE, "counting callbacks", () -> counts.save(store));

            duties.every(COUNTS_SAVE, "counting error codes", () -> errorCodes.save(store));
            duties.every(COUNTS_SAVE, "keeping the last uses of tokens", () -> tokens.saveUses(store));

            Database.JobRows jobRows = stopLater(database.jobs());
            DirectCommit commit = new DirectCommit(store, RECONCILE_PATIENCE, System::nanoTime, errorCodes::add);
            Reconciliation reconciliation =
                    new Reconciliation(configuration, providers, reads, store, commit, meters, clock);
            reconciliation.tellOfUnable();
            RetentionRun retention = new RetentionRun(configuration, store, meters, clock);
            Alerts alerts = new Alerts(
                    store,
                    reads,
                    configuration.alerts(),
                    watched(configuration, file),
                    configuration.catalogue(),
                    severity -> configuration.notices().wanting(severity, configuration.alertChannels()),
                    clock);
            FiringMeter firing = new FiringMeter(reads, meters);
            firing.update();
            duties.every(FIRING_READ, "reading which alerts fire", firing::update);
            List<Job> jobList = BackgroundJobs.of(configuration, sweeper, daily, reconciliation, retention, alerts);
            Jobs jobs = stopLater(
                    new Jobs(jobList, jobRows.table(), JobTiming.of(jobList), NodeName::ofThis, meters, clock));
            // Stopped before the jobs, so that these need not wait for what these wait for.
            stopLater(reconciliation);
            stopLater(retention);
            Api api = new Api(
                    configuration.http(),
                    tokens,
                    providers,
                    queue,
                    configuration.ingest().answerWithin(),
                    store,
                    reads,
                    document,
                    reports,
                    meters,
                    clock,
                    refusals,
                    counts,
                    errorCodes,
                    waiters,
                    relay,
                    configuration.notices());
            HttpServer server =
                    stopLater(api.server(stopLater(new Dashboard(api))).start());
            // Stopped before the server, which waits for the requests under way.
            stopLater(waiters);
            this.port = server.port();
            jobs.start();
            prepare(providers);
            LOG.info("listening on http://{}:{}", configuration.http().host(), port);
            complete = true;
        } finally {
            if (!complete) {
                stop();
            }
        }
    }

    /** @param file of the database; null if it is on a server */
    private static Alerts.Watched watched(Configuration configuration, @Nullable Path file) {
        return new Alerts.Watched(
                configuration.accounts().stream()
                        .map(AccountConfiguration::name)
                        .toList(),
                configuration.endpoints().stream().map(EndpointSettings::name).collect(Collectors.toSet()),
                () -> file == null ? Optional.empty() : Optional.of(Disk.of(file)));
    }

    /** Beside what follows: a callback that comes first waits for it, some tenths of a second, and a start does not. */
    private static void prepare(List<ConfiguredProvider<?>> providers) {
        Thread thread = new Thread(
                () -> {
                    for (ConfiguredProvider<?> provider : providers) {
                        if (provider.has(null)) {
                            provider.adapter().prepare();
                        }
                    }
                },
                "prepare");
        thread.setDaemon(true);
        thread.start();
    }

    private static void tell(Configuration configuration) {
        for (AccountConfiguration account : configuration.accounts()) {
            if (account.verify()) {
                LOG.info(
                        "account {}: callbacks at {}/webhooks/{}",
                        account.name(),
                        configuration.http().publicUrl(),
                        account.name());
            } else {
                LOG.warn(
                        "account {}: verify is false, so ANYBODY can send callbacks to it; remove that line from the"
                                + " configuration",
                        account.name());
            }
        }
        for (EndpointSettings endpoint : configuration.endpoints()) {
            LOG.info(
                    "endpoint {}: what changes is pushed to {}",
                    endpoint.name(),
                    endpoint.destination().shown());
        }
        for (ChannelSettings channel : configuration.notices().channels()) {
            LOG.info(
                    "channel {}: people are told by {}",
                    channel.name(),
                    channel.type().word());
        }
        for (AccountOff off : configuration.off()) {
            LOG.info("account {} is off: {}", off.name(), off.remedy());
        }
        configuration.warnings().forEach(LOG::warn);
    }

    private <T extends AutoCloseable> T stopLater(T part) {
        started.push(part);
        return part;
    }

    public int port() {
        return port;
    }

    /** Takes no more callbacks, writes and answers those that were taken, and closes the database. */
    @Override
    public void close() {
        boolean running = !started.isEmpty();
        stop();
        if (running) {
            LOG.info(
                    "stopped; since the start {} callbacks were stored and answered with 200, {} were answered with"
                            + " 503 to be sent again, {} with 500, and {} were refused",
                    answered("committed"),
                    answered("full") + answered("unavailable"),
                    answered("broken"),
                    total(meters.find("sendstatus.callbacks.refused")));
        }
    }

    private long answered(String outcome) {
        return total(meters.find("sendstatus.callbacks").tag("outcome", outcome));
    }

    private static long total(Search counters) {
        return (long) counters.counters().stream().mapToDouble(Counter::count).sum();
    }

    private void stop() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                LOG.error("stopping", e);
            }
        }
    }
}
