package dev.sendstatus.api;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.channel.ChannelSettings;
import dev.sendstatus.channel.NoticeSettings;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.feed.Waiters;
import dev.sendstatus.ingest.Applier;
import dev.sendstatus.ingest.ApplyMeters;
import dev.sendstatus.ingest.CallbackReader;
import dev.sendstatus.ingest.ErrorCodeCounts;
import dev.sendstatus.ingest.GroupCommit;
import dev.sendstatus.ingest.IngestQueue;
import dev.sendstatus.ingest.IngestSettings;
import dev.sendstatus.ingest.ReadBarrier;
import dev.sendstatus.ingest.SettableClock;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.provider.fake.FakeAdapter;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.relay.EndpointSettings;
import dev.sendstatus.relay.Relay;
import dev.sendstatus.report.ReportSettings;
import dev.sendstatus.report.StuckReports;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.HookedReads;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.sqlite.SqliteDialect;
import dev.sendstatus.store.sqlite.SqliteFile;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** The real server on a free port of this host, over a real database, with providers that are simple enough to see through. */
final class TestServer implements AutoCloseable {
    static final String TOKEN = "test-token";
    static final Catalogue CATALOGUE = Catalogue.of(
            List.of(new Provider("signed"), new Provider("telnyx"), new Provider("twilio"), new Provider("bandwidth")));
    static final int MAX_BODY = 10_000;

    static final List<ConfiguredProvider<?>> PROVIDERS = List.of(
            provider(new FakeAdapter("signed", null), "main", "second"),
            provider(new FakeAdapter("basic", "Basic realm=\"test\""), "main"),
            provider(new FakeAdapter("off", null)));

    final SqliteFile file;
    final Store store;
    private final Reads reads;
    final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final Refusals refusals = new Refusals(meters, InstantSource.system());
    final ErrorCodeCounts errorCodes;
    final Tokens tokens;
    final SettableClock clock = new SettableClock();
    final CallbackCounts counts;
    private final Applier applier;
    private final GroupCommit commit;
    final Waiters waiters;
    private final HttpServer server;

    TestServer(Path folder, IngestSettings ingest) throws StoreException {
        this(folder, ingest, PROVIDERS, () -> {});
    }

    /** @param beforeRead runs before each statement that reads */
    TestServer(Path folder, IngestSettings ingest, List<ConfiguredProvider<?>> providers, HookedReads.Hook beforeRead)
            throws StoreException {
        this(folder, ingest, providers, List.of(), List.of(), beforeRead);
    }

    /**
     * @param endpoints to which nothing is pushed
     * @param channels to which nothing is sent but tests
     */
    TestServer(
            Path folder,
            IngestSettings ingest,
            List<ConfiguredProvider<?>> providers,
            List<EndpointSettings> endpoints,
            List<ChannelSettings> channels,
            HookedReads.Hook beforeRead)
            throws StoreException {
        file = SqliteFile.of(TestDatabase.file(folder.resolve("test.db")));
        store = Store.open(new SqliteDialect(file));
        reads = Reads.open(HookedReads.of(new SqliteDialect(file), beforeRead));
        IngestQueue queue = new IngestQueue(ingest);
        errorCodes = new ErrorCodeCounts(CATALOGUE, meters);
        tokens = new Tokens(TOKEN, reads, clock);
        List<ProviderAdapter<?>> adapters = providers.stream()
                .<ProviderAdapter<?>>map(ConfiguredProvider::adapter)
                .toList();
        ApplyMeters applyMeters = new ApplyMeters(
                adapters.stream().map(ProviderAdapter::provider).toList(),
                reads,
                errorCodes,
                meters,
                refusals.log(),
                InstantSource.system());
        applier = new Applier(store, queue, new CallbackReader(adapters), applyMeters).start();
        commit = new GroupCommit(
                        queue, store::accept, ingest, InstantSource.system(), System::nanoTime, meters, applier::wake)
                .start();
        StuckLimits limits = new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7));
        counts = new CallbackCounts(providers, reads.activity(), meters, InstantSource.system());
        waiters = new Waiters(reads, InstantSource.system()).start();
        store.whenEventsCome(waiters::wake);
        MessageDocument document = new MessageDocument(SendStatus.SENT, CATALOGUE, limits);
        server = new Api(
                        new HttpSettings("127.0.0.1", 0, URI.create("https://status.example.com"), MAX_BODY),
                        tokens,
                        providers,
                        queue,
                        ingest.answerWithin(),
                        store,
                        reads,
                        document,
                        new StuckReports(reads, limits, new ReportSettings(LocalTime.of(6, 0), ZoneOffset.UTC)),
                        meters,
                        InstantSource.system(),
                        refusals,
                        counts,
                        errorCodes,
                        waiters,
                        new Relay(endpoints, store, reads, document, InstantSource.system(), meters),
                        new NoticeSettings(channels, null, null, ZoneOffset.UTC, "https://status.example.com"))
                .server(config -> {})
                .start();
    }

    private static ConfiguredProvider<String> provider(FakeAdapter adapter, String... accounts) {
        Provider provider = adapter.provider();
        return new ConfiguredProvider<>(
                adapter,
                List.of(accounts).stream()
                        .map(name -> new Account<>(new AccountName(provider, name), true, "key-" + name))
                        .toList(),
                "Set OFF_KEY.");
    }

    /** What is stored, once all that was acknowledged is applied. */
    Reads reads() throws StoreException {
        new ReadBarrier(reads, InstantSource.system()).await();
        return reads;
    }

    /** As {@link HttpServer#routes}. */
    List<String> routes() {
        return server.routes();
    }

    int port() {
        return server.port();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    @Override
    public void close() {
        waiters.close();
        server.close();
        commit.close();
        applier.close();
        reads.close();
        store.close();
    }
}
