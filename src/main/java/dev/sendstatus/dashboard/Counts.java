package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.dashboard.Recent.Counted;
import dev.sendstatus.query.StatisticsQuestion;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.report.StuckReport;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.StoreException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The figures of the pages that take a while to count, two at a time. Any thread. */
final class Counts implements AutoCloseable {
    /** Of a reader's connections, which pages need as well. */
    private static final int AT_ONCE = 2;

    private static final int MOST_WAITING = 20;
    /** A group of statistics takes some thousand bytes, and a message of a report some hundred. */
    private static final int MOST_GROUPS = 10_000;

    private static final int MOST_STUCK = 100_000;
    /** How many stuck messages are counted, at most. */
    static final int STUCK_COUNTED = 500;

    private final Api api;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            AT_ONCE, AT_ONCE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), Counts::thread);
    private final Recent<OfDay, StatisticsAnswer> statistics =
            new Recent<>(threads, StatisticsAnswer::size, MOST_GROUPS);
    private final Recent<String, StuckReport> reports = new Recent<>(threads, StuckReport::total, MOST_STUCK);
    private final Recent<String, Integer> stuck = new Recent<>(threads, count -> 1, 1);

    Counts(Api api) {
        this.api = api;
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "counts");
        thread.setDaemon(true);
        return thread;
    }

    /** Those parameters of {@code GET /v1/stats}, as they were written, and the day on which they were. */
    private record OfDay(StatisticsAnswer.Asked parameters, LocalDate day) {}

    /** Statistics; null while they are counted for the first time. */
    @Nullable
    Counted<StatisticsAnswer> statistics(StatisticsAnswer.Asked asked, Instant now)
            throws StoreException, WrongParameter {
        StatisticsQuestion question = asked.question(api, now);
        return statistics.get(
                new OfDay(asked, LocalDate.ofInstant(now, ZoneOffset.UTC)),
                now,
                () -> StatisticsAnswer.of(question, api.reads()));
    }

    /** The report of the messages that are stuck now; null while it is made for the first time. */
    @Nullable
    Counted<StuckReport> report(Instant now) throws StoreException, WrongParameter {
        return reports.get("", now, () -> api.reports().asOfNow(now));
    }

    /** How many messages are stuck, {@link #STUCK_COUNTED} and one for more than that; null while they are counted for the first time. */
    @Nullable
    Counted<Integer> stuck(Instant now) throws StoreException, WrongParameter {
        MessageFilter filter = new MessageFilter.Builder()
                .stuck(new MessageFilter.Stuck(true, now, api.document().limits()))
                .build();
        return stuck.get(
                "",
                now,
                () -> api.reads()
                        .page(filter, null, STUCK_COUNTED + 1)
                        .messages()
                        .size());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
