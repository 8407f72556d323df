package dev.sendstatus.bench;

import dev.sendstatus.api.Api;
import dev.sendstatus.api.BenchmarkApi;
import dev.sendstatus.api.CallbackCounts;
import dev.sendstatus.api.HttpServer;
import dev.sendstatus.api.HttpSettings;
import dev.sendstatus.api.Refusals;
import dev.sendstatus.api.Tokens;
import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.ingest.ErrorCodeCounts;
import dev.sendstatus.ingest.GroupCommit;
import dev.sendstatus.ingest.IngestQueue;
import dev.sendstatus.ingest.IngestSettings;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.report.ReportSettings;
import dev.sendstatus.report.StuckReports;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.sqlite.SqliteFile;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.sqlite.SqliteDialect;
import dev.sendstatus.store.jdbc.Store;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The server as it is, on a database of its own, with the handlers that do nothing beside it. */
final class BenchServer implements AutoCloseable {
    static final StuckLimits LIMITS = new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7));
    private static final IngestSettings INGEST = new IngestSettings(8_192, Duration.ofMillis(1_500));

    /** As often as in the server, whose other duties do nothing that could be measured. */
    private static final int INDEX_SECONDS = 2;

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Store store;
    private final Reads reads;
    private final HttpServer server;

    BenchServer(Path database, List<Demo<?>> demos) throws Exception {
        List<ConfiguredProvider<?>> providers = new ArrayList<>();
        for (Demo<?> demo : demos) {
            demo.adapter().prepare();
            providers.add(demo.configured());
        }
        SqliteFile file = file(database);
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        store = stopLater(Store.open(new SqliteDialect(file));
        reads = stopLater(Reads.open(new SqliteDialect(file)));
        ScheduledExecutorService indexer = Executors.newSingleThreadScheduledExecutor();
        stopLater(() -> {
            indexer.shutdown();
            indexer.awaitTermination(10, TimeUnit.SECONDS);
        });
        indexer.scheduleWithFixedDelay(this::index, INDEX_SECONDS, INDEX_SECONDS, TimeUnit.SECONDS);
        Catalogue catalogue = Catalogue.of(
                demos.stream().map(demo -> demo.adapter().provider()).toList());
        IngestQueue queue = new IngestQueue(INGEST);
        stopLater(
                new GroupCommit(queue, store, INGEST, System::nanoTime, meters, new ErrorCodeCounts(catalogue, meters))
                        .start());
        Api api = new Api(
                new HttpSettings("127.0.0.1", 0, URI.create(Demo.PUBLIC_URL), 1 << 20),
                new Tokens("bench", reads, InstantSource.system()),
                providers,
                queue,
                INGEST.answerWithin(),
                store,
                reads,
                new MessageDocument(SendStatus.SENT, catalogue),
                LIMITS,
                new StuckReports(reads, LIMITS, new ReportSettings(LocalTime.of(6, 0), ZoneOffset.UTC)),
                meters,
                InstantSource.system(),
                new Refusals(meters, InstantSource.system()),
                new CallbackCounts(providers, List.of(), meters, InstantSource.system()));
        server = stopLater(BenchmarkApi.server(api).start());
    }

    private void index() {
        try {
            boolean more = true;
            while (more) {
                more = store.indexNext();
            }
        } catch (StoreException e) {
            throw new IllegalStateException("the indexer failed", e);
        }
    }

    static SqliteFile file(Path database) {
        return SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + database, null, null));
    }

    private <T extends AutoCloseable> T stopLater(T part) {
        started.push(part);
        return part;
    }

    int port() {
        return server.port();
    }

    Reads reads() {
        return reads;
    }

    Store store() {
        return store;
    }

    @Override
    public void close() throws Exception {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }
}
