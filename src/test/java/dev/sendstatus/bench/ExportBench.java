package dev.sendstatus.bench;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.query.ExportFormat;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.query.MessageExport;
import dev.sendstatus.query.Statistics;
import dev.sendstatus.store.StatisticsDimension;
import dev.sendstatus.query.StatisticsDocument;
import dev.sendstatus.query.StatisticsQuestion;
import dev.sendstatus.query.TooManyGroups;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.sqlite.SqliteFile;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.sqlite.SqliteDialect;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long an export of the newest million messages takes, with the memory that is in use after 10,000, 100,000 and 1,000,000, and how
 * long the statistics of a day and of all take by each dimension; run by {@code scripts/bench export} in a heap of 64 MB.
 */
public final class ExportBench {
    private static final int EXPORTED = 1_000_000;
    private static final StuckLimits LIMITS = new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7));

    private final Reads reads;
    private final MessageDocument document = new MessageDocument(
            SendStatus.SENT,
            Catalogue.of(Adapters.all().stream().map(ProviderAdapter::provider).toList()));

    private ExportBench(Reads reads) {
        this.reads = reads;
    }

    public static void main(String[] arguments) throws StoreException, IOException, TooManyGroups {
        Locale.setDefault(Locale.ROOT);
        SqliteFile file = SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + arguments[1], null, null));
        try (Reads reads = Reads.open(new SqliteDialect(file))) {
            ExportBench bench = new ExportBench(reads);
            System.out.printf("%-24s %12s %12s%n", "export", "messages", "KB in use");
            for (ExportFormat format : ExportFormat.values()) {
                bench.export(format);
            }
            Instant now = Instant.now();
            // What fill makes is of the six days before it.
            Instant middle = now.minus(Duration.ofDays(3));
            bench.statistics("a day", middle.minus(Duration.ofDays(1)), middle);
            bench.statistics("everything", now.minus(Duration.ofDays(3650)), now);
        }
        System.out.printf("%npeak resident memory of this process: %.0f MB%n", ProcessMemory.peak());
    }

    private void statistics(String span, Instant since, Instant until) throws StoreException, TooManyGroups {
        System.out.printf("%n%-24s %12s %12s%n", "statistics of " + span, "messages", "ms, best of 3");
        statistics(since, until, null);
        for (StatisticsDimension by : StatisticsDimension.values()) {
            statistics(since, until, by);
        }
    }

    /** Ends an export that has written enough. */
    private static final class Enough extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private void export(ExportFormat format) throws StoreException, IOException {
        long[] next = {10_000};
        long[] count = new long[1];
        long began = System.nanoTime();
        try (MessageScan scan = reads.scan(MessageFilter.ALL);
                Writer out = new BufferedWriter(
                        new OutputStreamWriter(OutputStream.nullOutputStream(), StandardCharsets.UTF_8))) {
            new MessageExport(document, LIMITS, Instant.now()).write(scan, format, out, written -> {
                count[0] = written;
                if (written == next[0]) {
                    System.out.printf("%-24s %,12d %,12d%n", format.word(), written, inUse() >> 10);
                    next[0] *= 10;
                }
                if (written == EXPORTED) {
                    throw new Enough();
                }
            });
        } catch (Enough e) {
            // As many as were wanted.
        }
        long millis = (System.nanoTime() - began) / 1_000_000;
        System.out.printf("%-24s %,12d %12s in %,d ms%n", format.word(), count[0], "", millis);
    }

    private static long inUse() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void statistics(Instant since, Instant until, @Nullable StatisticsDimension by)
            throws StoreException, TooManyGroups {
        StatisticsQuestion question = new StatisticsQuestion(since, until, by, document, LIMITS, Instant.now());
        long best = Long.MAX_VALUE;
        long messages = 0;
        for (int round = 0; round < 3; round++) {
            long began = System.nanoTime();
            messages = StatisticsDocument.of(Statistics.of(question, reads))
                    .path("total")
                    .path("messages")
                    .asLong();
            best = Math.min(best, (System.nanoTime() - began) / 1_000_000);
        }
        System.out.printf("%-24s %,12d %,12d%n", by == null ? "all together" : "by " + by.word(), messages, best);
    }
}
