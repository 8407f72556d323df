package dev.sendstatus.channel;

import dev.sendstatus.store.Notice;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the notices of one channel. A message has its id in the database before the first attempt, and is taken for a while:
 * of several nodes one sends it, and if that one dies another sends the same under the same id. One thread at a time.
 */
final class NoticeSender {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeSender.class);

    /** Longer than any attempt takes. */
    static final Duration LEASE = Duration.ofMinutes(2);
    /** After the first attempt, the second, and so on. */
    static final List<Duration> WAITS =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(4), Duration.ofMinutes(15), Duration.ofMinutes(30));

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);
    private static final int MOST_AT_ONCE = 200;

    private enum Result {
        SENT,
        RETRIED,
        FAILED,
        SKIPPED
    }

    private final ChannelSettings settings;
    private final Channel channel;
    private final Messages messages;
    private final Batches batches;
    private final ReportSource reports;
    private final Store store;
    private final Reads reads;
    private final InstantSource clock;
    private final MeterRegistry meters;

    NoticeSender(
            ChannelSettings settings,
            NoticeSettings all,
            Channel channel,
            ReportSource reports,
            Store store,
            Reads reads,
            InstantSource clock,
            MeterRegistry meters) {
        this.settings = settings;
        this.channel = channel;
        this.messages = new Messages(all.publicUrl(), all.zone());
        this.batches = new Batches(all.quiet(), settings.type() != ChannelSettings.Type.WEBHOOK);
        this.reports = reports;
        this.store = store;
        this.reads = reads;
        this.clock = clock;
        this.meters = meters;
        for (Result result : Result.values()) {
            counter(result);
        }
    }

    private Counter counter(Result result) {
        return Counter.builder("sendstatus.notices")
                .description("What became of notices; retried counts each attempt that failed for now")
                .tag("channel", settings.name())
                .tag("outcome", result.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    /** Sends the messages that are due. */
    void turn() throws StoreException {
        Instant now = clock.instant();
        List<Notice.Waiting> waiting = reads.notices().waiting(settings.name(), now, MOST_AT_ONCE);
        List<Notice.Waiting> unwanted =
                waiting.stream().filter(one -> !wanted(one)).toList();
        if (!unwanted.isEmpty()) {
            counter(Result.SKIPPED).increment(store.notices().skip(settings.name(), unwanted));
        }
        for (List<Notice.Waiting> batch :
                batches.due(waiting.stream().filter(this::wanted).toList(), now)) {
            send(batch);
        }
    }

    private boolean wanted(Notice.Waiting one) {
        Notice notice = one.notice();
        return notice.type() == Notice.Type.REPORT_STUCK || notice.severity().compareTo(settings.least()) >= 0;
    }

    private void send(List<Notice.Waiting> batch) throws StoreException {
        Instant now = clock.instant();
        String tried = batch.get(0).message();
        String id = tried == null ? "ntc_" + UUID.randomUUID().toString().replace("-", "") : tried;
        List<Notice.Waiting> taken = store.notices().take(settings.name(), batch, id, now, now.plus(LEASE));
        if (taken.isEmpty()) {
            // Another node has them.
            return;
        }
        int attempt = taken.get(0).attempts();
        ChannelAnswer outcome =
                outcome(id, taken.stream().map(Notice.Waiting::notice).toList());
        if (outcome instanceof ChannelAnswer.NotTaken failed) {
            failed(id, taken, attempt, failed);
        } else {
            store.notices().sent(settings.name(), id, attempt);
            counter(Result.SENT).increment(taken.size());
            LOG.info("channel {}: told {}: {}", settings.name(), subjects(taken), outcome.answer());
        }
    }

    private ChannelAnswer outcome(String id, List<Notice> notices) throws StoreException {
        try {
            Message message = message(id, notices);
            return message == null
                    ? new ChannelAnswer.NotTaken("the report is not kept any more", true, null)
                    : channel.send(message);
        } catch (RuntimeException e) {
            LOG.error("channel {}: making or sending a message failed", settings.name(), e);
            return new ChannelAnswer.NotTaken("the program failed; its log says how", false, null);
        }
    }

    /** Null if there is nothing to tell any more. */
    private @Nullable Message message(String id, List<Notice> notices) throws StoreException {
        Notice first = notices.get(0);
        if (first.type() != Notice.Type.REPORT_STUCK) {
            return messages.alerts(id, notices, settings.fullNumbers());
        }
        List<LocalDate> days = notices.stream()
                .map(notice -> Notice.reportDay(notice.subject()))
                .sorted()
                .toList();
        LocalDate before =
                reads.notices().reportBefore(settings.name(), days.get(0)).orElse(null);
        return reports.message(id, first.at(), days, before, settings.fullNumbers())
                .orElse(null);
    }

    private void failed(String id, List<Notice.Waiting> taken, int attempt, ChannelAnswer.NotTaken failed)
            throws StoreException {
        Instant next = failed.forGood() || attempt > WAITS.size()
                ? null
                : clock.instant().plus(wait(attempt, failed.retryAfter()));
        store.notices().failed(settings.name(), id, attempt, next, failed.answer());
        if (next == null) {
            counter(Result.FAILED).increment(taken.size());
            LOG.error(
                    "channel {}: gave up telling {} after {} attempts: {}",
                    settings.name(),
                    subjects(taken),
                    attempt,
                    failed.answer());
        } else {
            counter(Result.RETRIED).increment(taken.size());
            LOG.warn(
                    "channel {}: telling {} failed and is tried again at {}: {}",
                    settings.name(),
                    subjects(taken),
                    next,
                    failed.answer());
        }
    }

    private static Duration wait(int attempt, @Nullable Duration asked) {
        Duration step = WAITS.get(attempt - 1);
        if (asked == null || asked.compareTo(step) <= 0) {
            return step;
        }
        return asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT;
    }

    private static String subjects(List<Notice.Waiting> notices) {
        String first = notices.get(0).notice().subject();
        return notices.size() == 1 ? first : first + " and " + (notices.size() - 1) + " more";
    }
}
