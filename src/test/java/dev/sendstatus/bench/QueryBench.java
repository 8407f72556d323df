package dev.sendstatus.bench;

import dev.sendstatus.event.SendStatus;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessagePage;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.sqlite.SqliteFile;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.sqlite.SqliteDialect;
import dev.sendstatus.store.jdbc.Store;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long a first page takes by each filter, and a look-up of a thousand ids; run by {@code scripts/bench queries}. */
public final class QueryBench {
    private static final int ROUNDS = 5;
    private static final int LIMIT = 100;
    private static final int IDS = 1_000;

    private final Reads reads;

    private QueryBench(Reads reads) {
        this.reads = reads;
    }

    public static void main(String[] arguments) throws StoreException, IOException {
        Locale.setDefault(Locale.ROOT);
        SqliteFile file = SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + arguments[1], null, null));
        if (!file.exists()) {
            System.err.println("There is no " + file.path() + ": make it with scripts/bench fill " + file.path() + ".");
            System.exit(1);
        }
        try (Store store = Store.open(new SqliteDialect(file));
                Reads reads = Reads.open(new SqliteDialect(file))) {
            long begun = System.nanoTime();
            int blocks = 0;
            while (store.indexNext()) {
                blocks++;
            }
            System.out.printf("indexed %,d blocks of 16,384 events in %,d ms%n", blocks, millis(begun));
            if (reads.page(MessageFilter.ALL, null, 1).messages().isEmpty()) {
                System.err.println("There is no message in " + file.path() + ".");
                System.exit(1);
            }
            new QueryBench(reads).run();
        }
        System.out.printf("peak resident memory of this process: %.0f MB%n", ProcessMemory.peak());
    }

    private record Question(String name, MessageFilter filter) {}

    private void run() throws StoreException {
        List<StoredMessage> samples = samples();
        System.out.printf("%-34s %10s %10s %7s%n", "first page of " + LIMIT, "median ms", "slowest", "found");
        for (Question question :
                questions(MessageState.of(samples.get(samples.size() / 2).history()))) {
            time(question);
        }
        List<String> ids = samples.stream()
                .map(message -> message.state().message().id())
                .toList();
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            long begun = System.nanoTime();
            int found = reads.messages(ids).size();
            times.add(System.nanoTime() - begun);
            if (found < ids.size()) {
                throw new IllegalStateException(found + " of " + ids.size() + " were found");
            }
        }
        print("look-up of " + ids.size() + " ids", times, ids.size());
    }

    /** A thousand messages, spread over all. */
    private List<StoredMessage> samples() throws StoreException {
        long begun = System.nanoTime();
        long count = 0;
        try (MessageScan scan = reads.scan(MessageFilter.ALL)) {
            while (scan.next() != null) {
                count++;
            }
        }
        System.out.printf("%,d messages, all read in %,d ms%n", count, millis(begun));
        List<StoredMessage> samples = new ArrayList<>();
        long step = Math.max(1, count / IDS);
        long at = 0;
        try (MessageScan scan = reads.scan(MessageFilter.ALL)) {
            for (StoredMessage next = scan.next(); next != null && samples.size() < IDS; next = scan.next()) {
                if (at++ % step == 0) {
                    samples.add(next);
                }
            }
        }
        return samples;
    }

    /** @param sample a message in the middle, which some of the questions are after */
    private static List<Question> questions(MessageState sample) {
        Instant middle = sample.firstEventAt();
        StuckLimits limits = new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7));
        String to = sample.recipients().get(0).to() == null
                ? null
                : String.valueOf(sample.recipients().get(0).to());
        List<Question> questions = new ArrayList<>();
        questions.add(question("everything", new MessageFilter.Builder()));
        for (SendStatus status : SendStatus.values()) {
            questions.add(question("status=" + status, new MessageFilter.Builder().status(status, SendStatus.SENT)));
        }
        questions.add(question(
                "provider",
                new MessageFilter.Builder().provider(sample.message().provider())));
        questions.add(question(
                "account", new MessageFilter.Builder().account(sample.account().name())));
        questions.add(question("to", new MessageFilter.Builder().to(to)));
        questions.add(question("to, unknown", new MessageFilter.Builder().to("+19995550199")));
        questions.add(question("from", new MessageFilter.Builder().from(sample.from())));
        questions.add(question("from, unknown", new MessageFilter.Builder().from("+19995550199")));
        questions.add(question("error_code=30007", new MessageFilter.Builder().errorCode("30007")));
        questions.add(question("error_code, unknown", new MessageFilter.Builder().errorCode("1")));
        questions.add(question("category, any code", new MessageFilter.Builder().category((provider, code) -> true)));
        questions.add(question("campaign, unknown", new MessageFilter.Builder().campaign("none")));
        questions.add(question("reference, unknown", new MessageFilter.Builder().reference("none")));
        questions.add(question("tag, unknown", new MessageFilter.Builder().tag("none")));
        questions.add(question("link_domain, unknown", new MessageFilter.Builder().linkDomain("none")));
        for (boolean wanted : new boolean[] {true, false}) {
            questions.add(question(
                    "stuck=" + wanted,
                    new MessageFilter.Builder().stuck(new MessageFilter.Stuck(wanted, Instant.now(), limits))));
            questions.add(question("conflict=" + wanted, new MessageFilter.Builder().conflict(wanted)));
            questions.add(question("unconfirmed=" + wanted, new MessageFilter.Builder().unconfirmed(wanted)));
        }
        questions.add(question(
                "an hour in the middle",
                new MessageFilter.Builder().between(middle, middle.plus(Duration.ofHours(1)))));
        questions.add(question(
                "status=ERROR in that hour",
                new MessageFilter.Builder()
                        .status(SendStatus.ERROR, SendStatus.SENT)
                        .between(middle, middle.plus(Duration.ofHours(1)))));
        return questions;
    }

    private static Question question(String name, MessageFilter.Builder filter) {
        return new Question(name, filter.build());
    }

    private void time(Question question) throws StoreException {
        List<Long> times = new ArrayList<>();
        MessagePage page = null;
        for (int i = 0; i < ROUNDS; i++) {
            long begun = System.nanoTime();
            page = reads.page(question.filter(), null, LIMIT);
            times.add(System.nanoTime() - begun);
        }
        print(question.name(), times, found(page));
    }

    private static int found(@Nullable MessagePage page) {
        return page == null ? 0 : page.messages().size();
    }

    private static void print(String name, List<Long> nanos, int found) {
        List<Long> sorted = nanos.stream().sorted().toList();
        System.out.printf(
                "%-34s %10.1f %10.1f %,7d%n",
                name, sorted.get(sorted.size() / 2) / 1e6, sorted.get(sorted.size() - 1) / 1e6, found);
    }

    private static long millis(long since) {
        return (System.nanoTime() - since) / 1_000_000;
    }
}
