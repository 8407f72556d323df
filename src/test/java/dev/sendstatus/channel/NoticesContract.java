package dev.sendstatus.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sendstatus.ingest.SettableClock;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.Notice;
import dev.sendstatus.store.PendingAlert;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From the row of a notice to the message, whatever fails between. */
abstract class NoticesContract {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final String NAME = "ops";
    private static final LocalDate DAY = LocalDate.parse("2026-11-30");
    private static final Instant REPORTS_MADE = Instant.parse("2026-11-30T12:00:00Z");

    private final SettableClock clock = new SettableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Recorder channel = new Recorder();
    private TestDatabase database;

    abstract TestDatabase database();

    @BeforeEach
    void open() {
        database = database();
    }

    /** Keeps what it is sent, and answers as a test says. */
    private static final class Recorder implements Channel {
        final List<Message> sent = new CopyOnWriteArrayList<>();
        volatile Function<Message, ChannelAnswer> answer = message -> new ChannelAnswer.Taken("HTTP 200");

        @Override
        public ChannelAnswer send(Message message) {
            sent.add(message);
            return answer.apply(message);
        }

        @Override
        public void close() {}

        void fails(boolean forGood, @Nullable Duration retryAfter) {
            answer = message -> new ChannelAnswer.NotTaken("HTTP 500", forGood, retryAfter);
        }
    }

    private static ChannelSettings settings(ChannelSettings.Type type) {
        return Samples.settings(NAME, type, HttpUrl.get("http://127.0.0.1:1/"), null);
    }

    private NoticeSender sender() {
        return sender(settings(ChannelSettings.Type.SLACK), null);
    }

    private NoticeSender sender(ChannelSettings settings, @Nullable QuietHours quiet) {
        return new NoticeSender(
                settings,
                new NoticeSettings(List.of(settings), null, quiet, UTC, "https://status.example.com"),
                channel,
                NoticesContract::report,
                database.store(),
                database.reads(),
                clock,
                meters);
    }

    /** A report that says which days it tells, and what it is compared with. */
    private static Optional<Message> report(
            String id, Instant at, List<LocalDate> days, @Nullable LocalDate before, boolean full) {
        Note note = new Note(Tone.WARNING, days + " after " + before, "", List.of(), null);
        return Optional.of(new Message(
                id,
                at,
                note.title(),
                List.of(note),
                "report.stuck",
                JsonNodeFactory.instance.objectNode(),
                new Message.Mail("", "", "stuck.csv", new byte[0])));
    }

    /** In the order of their numbers, each at that many seconds from now. */
    private void alerts(Severity severity, int... seconds) throws SQLException {
        Instant now = clock.instant();
        for (int i = 0; i < seconds.length; i++) {
            insert(Samples.alert(1000 + seconds[i], severity, now.plusSeconds(seconds[i])));
        }
    }

    private void insert(Notice notice) throws SQLException {
        insert(NAME, notice);
    }

    private void insert(String to, Notice notice) throws SQLException {
        long at = notice.at().toEpochMilli();
        database.update("""
                INSERT INTO notice (channel, subject, type, severity, created_at, document, state, attempts, next_at)
                VALUES ('%s', '%s', '%s', '%s', %d, '%s', 'waiting', 0, %d)
                """.formatted(
                        to,
                        notice.subject(),
                        notice.type().word(),
                        notice.severity().name().toLowerCase(Locale.ROOT),
                        at,
                        notice.document(),
                        at));
    }

    private double count(String outcome) {
        return meters.get("sendstatus.notices")
                .tags("channel", NAME, "outcome", outcome)
                .counter()
                .count();
    }

    private List<Notice.Waiting> waiting() throws StoreException {
        return database.reads().notices().waiting(NAME, clock.instant().plus(Duration.ofDays(2)), 1000);
    }

    @Test
    void alertsThatFireWithinAMinuteShareAMessage() throws Exception {
        NoticeSender sender = sender();
        alerts(Severity.WARNING, 0, 20, 59, 90);
        sender.turn();
        assertThat(channel.sent).isEmpty();
        clock.forward(Duration.ofSeconds(61));
        sender.turn();
        assertThat(channel.sent).singleElement().satisfies(message -> {
            assertThat(message.notes()).hasSize(3);
            assertThat(message.subject()).contains("3 alerts");
        });
        clock.forward(Duration.ofSeconds(90));
        sender.turn();
        assertThat(channel.sent).hasSize(2);
        sender.turn();
        assertThat(channel.sent).hasSize(2);
        assertThat(channel.sent.get(1).notes()).hasSize(1);
        assertThat(waiting()).isEmpty();
        assertThat(count("sent")).isEqualTo(4);
    }

    @Test
    void aProgramGetsEachAlertByItselfAndAtOnce() throws Exception {
        insert(Samples.alert(4, Severity.WARNING, clock.instant()));
        insert(Samples.alert(5, Severity.WARNING, clock.instant()));
        insert(Samples.alert(6, Severity.WARNING, clock.instant()));
        sender(settings(ChannelSettings.Type.WEBHOOK), null).turn();
        assertThat(channel.sent).hasSize(3);
        assertThat(channel.sent).extracting(Message::id).doesNotHaveDuplicates();
    }

    @Test
    void whatMattersLessThanTheChannelWantsIsSkipped() throws Exception {
        insert(Samples.alert(1, Severity.INFO, clock.instant()));
        insert(Samples.alert(2, Severity.WARNING, clock.instant()));
        clock.forward(Duration.ofMinutes(2));
        sender().turn();
        assertThat(channel.sent)
                .singleElement()
                .satisfies(message -> assertThat(message.notes()).hasSize(1));
        assertThat(count("skipped")).isEqualTo(1);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void inQuietHoursOnlyWhatIsCriticalIsToldAndTheRestComesAsOneAtTheirEnd() throws Exception {
        LocalTime now = LocalTime.ofInstant(clock.instant(), UTC);
        QuietHours quiet = new QuietHours(now.minusMinutes(30), now.plusHours(2), UTC);
        NoticeSender sender = sender(settings(ChannelSettings.Type.SLACK), quiet);
        insert(Samples.alert(1, Severity.WARNING, clock.instant()));
        insert(Samples.alert(2, Severity.CRITICAL, clock.instant()));
        clock.forward(Duration.ofMinutes(20));
        insert(Samples.alert(3, Severity.WARNING, clock.instant()));
        insert(Notice.ofReport(DAY, clock.instant()));
        clock.forward(Duration.ofMinutes(20));
        sender.turn();
        assertThat(channel.sent)
                .extracting(message -> message.notes().get(0).title().replaceAll(":.*", ""))
                .containsExactly("Critical", "[2026-11-30] after null");
        clock.forward(Duration.ofMinutes(100));
        sender.turn();
        assertThat(channel.sent).hasSize(3);
        assertThat(channel.sent.get(2).notes()).hasSize(2);
    }

    @Test
    void whatBecomesCriticalInQuietHoursIsToldInThemOnce() throws Exception {
        LocalTime now = LocalTime.ofInstant(clock.instant(), UTC);
        QuietHours quiet = new QuietHours(now.minusMinutes(30), now.plusHours(2), UTC);
        NoticeSender sender = sender(settings(ChannelSettings.Type.SLACK), quiet);
        fire(Severity.WARNING);
        clock.forward(Duration.ofMinutes(5));
        sender.turn();
        assertThat(channel.sent).isEmpty();
        fire(Severity.CRITICAL);
        sender.turn();
        assertThat(channel.sent)
                .singleElement()
                .satisfies(message -> assertThat(message.notes().get(0).title()).startsWith("Critical: "));
        clock.forward(Duration.ofHours(3));
        fire(Severity.CRITICAL);
        clock.forward(Duration.ofMinutes(5));
        sender.turn();
        assertThat(channel.sent).hasSize(1);
    }

    /** An alert fires, or is worse than it was. */
    private void fire(Severity severity) throws StoreException {
        Notice notice = Samples.alert(1, severity, clock.instant());
        if (database.reads().alerts().open().isEmpty()) {
            database.store().alerts().add(PendingAlert.of("relay", "main", severity, clock.instant()));
        }
        Alert alert = database.reads().alerts().open().get(0);
        assertThat(database.store()
                        .alerts()
                        .change(alert, alert.in(Alert.State.FIRING, clock.instant()), notice, List.of(NAME)))
                .isTrue();
    }

    @Test
    void aPassingFailureIsTriedFiveTimesWithinAnHourUnderTheSameId() throws Exception {
        NoticeSender sender = sender();
        channel.fails(false, null);
        insert(Samples.alert(1, Severity.WARNING, clock.instant()));
        clock.forward(Duration.ofSeconds(61));
        Instant began = clock.instant();
        sender.turn();
        for (Duration wait : NoticeSender.WAITS) {
            clock.forward(wait.minusSeconds(2));
            int before = channel.sent.size();
            sender.turn();
            assertThat(channel.sent).hasSize(before);
            clock.forward(Duration.ofSeconds(3));
            sender.turn();
            assertThat(channel.sent).hasSize(before + 1);
        }
        assertThat(Duration.between(began, clock.instant())).isLessThan(Duration.ofHours(1));
        clock.forward(Duration.ofHours(3));
        sender.turn();
        assertThat(channel.sent).hasSize(5);
        assertThat(channel.sent)
                .extracting(Message::id)
                .containsOnly(channel.sent.get(0).id());
        assertThat(count("failed")).isEqualTo(1);
        assertThat(count("retried")).isEqualTo(4);
    }

    @Test
    void whatFailsForGoodIsNotTriedAgain() throws Exception {
        channel.fails(true, null);
        insert(Samples.alert(1, Severity.WARNING, clock.instant()));
        clock.forward(Duration.ofMinutes(2));
        sender().turn();
        clock.forward(Duration.ofHours(2));
        sender().turn();
        assertThat(channel.sent).hasSize(1);
        assertThat(count("failed")).isEqualTo(1);
    }

    @Test
    void aReceiverIsLeftAloneForAsLongAsItAsksWithinReason() throws Exception {
        NoticeSender sender = sender();
        channel.fails(false, Duration.ofMinutes(10));
        insert(Samples.alert(1, Severity.WARNING, clock.instant()));
        clock.forward(Duration.ofMinutes(2));
        sender.turn();
        clock.forward(Duration.ofMinutes(9));
        sender.turn();
        assertThat(channel.sent).hasSize(1);
        channel.fails(false, Duration.ofDays(7));
        clock.forward(Duration.ofMinutes(2));
        sender.turn();
        assertThat(channel.sent).hasSize(2);
        clock.forward(Duration.ofMinutes(31));
        sender.turn();
        assertThat(channel.sent).hasSize(3);
    }

    @Test
    void aCrashBetweenSendingAndNotingItRepeatsTheSameMessageUnderTheSameId() throws Exception {
        insert(Samples.alert(1, Severity.WARNING, clock.instant()));
        insert(Samples.alert(2, Severity.WARNING, clock.instant()));
        clock.forward(Duration.ofSeconds(61));
        NoticeSender sender = sender();
        channel.answer = message -> {
            throw new OutOfMemoryError("a crash, as far as the sender can tell");
        };
        assertThatThrownBy(sender::turn).isInstanceOf(OutOfMemoryError.class);
        channel.answer = message -> new ChannelAnswer.Taken("HTTP 200");
        insert(Samples.alert(3, Severity.WARNING, clock.instant()));
        sender().turn();
        assertThat(channel.sent).as("another node waits for the lease").hasSize(1);
        clock.forward(NoticeSender.LEASE.plusSeconds(1));
        sender().turn();
        assertThat(channel.sent).hasSize(3);
        Message repeated = channel.sent.get(1);
        assertThat(repeated.id()).isEqualTo(channel.sent.get(0).id());
        assertThat(repeated.notes()).hasSize(2).isEqualTo(channel.sent.get(0).notes());
        assertThat(channel.sent.get(2).notes()).hasSize(1);
        clock.forward(Duration.ofHours(1));
        sender().turn();
        assertThat(channel.sent).hasSize(3);
    }

    @Test
    void ofThreeNodesOneTellsANotice() throws Exception {
        for (int round = 0; round < 10; round++) {
            channel.sent.clear();
            for (int i = 0; i < 7; i++) {
                insert(Samples.alert(round * 10 + i, Severity.WARNING, clock.instant()));
            }
            clock.forward(Duration.ofSeconds(61));
            together(() -> {
                sender().turn();
                return true;
            });
            Set<String> told = new HashSet<>();
            int notes = 0;
            for (Message message : channel.sent) {
                notes += message.notes().size();
                message.notes().forEach(note -> told.add(String.valueOf(note.link())));
            }
            assertThat(told).hasSize(7);
            assertThat(notes).isEqualTo(7);
        }
    }

    private void together(Callable<Boolean> node) throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        CyclicBarrier start = new CyclicBarrier(3);
        List<Future<Boolean>> done = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            done.add(nodes.submit(() -> {
                start.await();
                return node.call();
            }));
        }
        for (Future<Boolean> one : done) {
            assertThat(one.get()).isTrue();
        }
        nodes.shutdown();
    }

    @Test
    void theReportOfADayIsToldOnceHoweverOftenItIsKept() throws Exception {
        KeptReport report = new KeptReport(DAY, clock.instant(), "{}");
        assertThat(database.store().keep(report, List.of(NAME), clock.instant()))
                .isTrue();
        assertThat(database.store().keep(report, List.of(NAME), clock.instant()))
                .isFalse();
        clock.forward(Duration.ofSeconds(61));
        together(() -> {
            sender().turn();
            return true;
        });
        assertThat(database.store().keep(report, List.of(NAME), clock.instant()))
                .isFalse();
        clock.forward(Duration.ofMinutes(5));
        sender().turn();
        assertThat(channel.sent).singleElement().satisfies(message -> {
            assertThat(message.event()).isEqualTo("report.stuck");
            assertThat(message.subject()).isEqualTo("[2026-11-30] after null");
        });
    }

    @Test
    void missedDaysComeAsOneAndAreComparedWithTheReportToldBefore() throws Exception {
        keep(DAY.minusDays(5));
        clock.forward(Duration.ofSeconds(61));
        sender().turn();
        keep(DAY.minusDays(1));
        clock.forward(Duration.ofSeconds(50));
        keep(DAY);
        clock.forward(Duration.ofSeconds(50));
        sender().turn();
        clock.forward(Duration.ofSeconds(61));
        sender().turn();
        assertThat(channel.sent)
                .extracting(Message::subject)
                .containsExactly("[2026-11-25] after null", "[2026-11-29, 2026-11-30] after 2026-11-25");
    }

    private void keep(LocalDate day) throws StoreException {
        database.store().keep(new KeptReport(day, REPORTS_MADE, "{}"), List.of(NAME), clock.instant());
    }

    @Test
    void oldNoticesAreRemoved() throws Exception {
        insert(Samples.alert(1, Severity.WARNING, clock.instant()));
        database.store().notices().removeOld(clock.instant().minus(Duration.ofDays(1)));
        assertThat(waiting()).hasSize(1);
        database.store().notices().removeOld(clock.instant().plusSeconds(1));
        assertThat(waiting()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ALERT_FIRED", "ALERT_REMINDER", "ALERT_RESOLVED"})
    void aNoticeIsReadAsItWasWritten(Notice.Type type) throws Exception {
        Instant at = Instant.ofEpochMilli(clock.instant().toEpochMilli());
        Notice notice = Samples.alert(1, type, Severity.CRITICAL, at, "spring");
        insert(notice);
        assertThat(waiting()).containsExactly(new Notice.Waiting(notice, null, 0));
    }

    @Test
    void aChannelThatHangsDelaysNoOther() throws Exception {
        try (MockWebServer hangs = new MockWebServer();
                MockWebServer works = new MockWebServer()) {
            hangs.start();
            works.start();
            hangs.enqueue(new MockResponse.Builder()
                    .onResponseStart(SocketEffect.Stall.INSTANCE)
                    .build());
            works.enqueue(new MockResponse.Builder().code(200).build());
            List<ChannelSettings> both = List.of(
                    Samples.settings("hangs", ChannelSettings.Type.SLACK, hangs.url("/"), null),
                    Samples.settings("works", ChannelSettings.Type.SLACK, works.url("/"), null));
            for (String name : List.of("hangs", "works")) {
                insert(name, Samples.alert(1, Severity.CRITICAL, clock.instant()));
            }
            clock.forward(Duration.ofSeconds(61));
            try (Notices notices = new Notices(
                            new NoticeSettings(both, null, null, UTC, "https://status.example.com"),
                            NoticesContract::report,
                            database.store(),
                            database.reads(),
                            clock,
                            meters)
                    .start(Duration.ofMillis(20))) {
                await().atMost(Duration.ofSeconds(20)).until(() -> works.getRequestCount() == 1);
                await().atMost(Duration.ofSeconds(20)).until(() -> hangs.getRequestCount() == 1);
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> meters.get("sendstatus.notices")
                                        .tags("channel", "works", "outcome", "sent")
                                        .counter()
                                        .count()
                                == 1);
            }
        }
    }
}
