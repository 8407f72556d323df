package dev.sendstatus.sweep;

import static dev.sendstatus.store.TextMessage.TELNYX;
import static dev.sendstatus.store.TextMessage.TWILIO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.StuckFlag.Ending;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.TextMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SweeperTest {
    private static final Instant START = Instant.parse("2026-11-02T12:00:00Z");
    private static final AccountName SILENT = new AccountName(TWILIO.provider(), "silent");
    private static final Duration THRESHOLD = Duration.ofHours(6);
    private static final Duration GIVE_UP = Duration.ofDays(7);
    private static final StuckSettings SETTINGS = new StuckSettings(
            new StuckLimits(THRESHOLD, Map.of(TELNYX, Duration.ofHours(2)), GIVE_UP), Duration.ofMinutes(5));

    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    private Instant now = START;
    private Sweeper sweeper;

    @BeforeEach
    void accountsAreHeardOf() throws StoreException {
        sweeper = new Sweeper(database.store(), database.reads(), SETTINGS, () -> now);
        hear();
    }

    @Test
    void messageIsFlaggedOnceItHasWaitedForTheThresholdAndNotBefore() throws StoreException {
        TextMessage.in(database.store(), TWILIO, "SM1").sentAt(START);
        now = START.plus(THRESHOLD).minusMillis(1);
        hear();
        assertThat(sweeper.sweep()).isEqualTo(new Sweeper.Result(0, 0, 0));

        now = START.plus(THRESHOLD);
        assertThat(sweeper.sweep()).isEqualTo(new Sweeper.Result(1, 0, 0));
        StuckFlag flag = onlyFlag();
        assertThat(flag.flaggedAt()).isEqualTo(now);
        assertThat(flag.dueAt()).isEqualTo(now);
        assertThat(flag.waitingSince()).isEqualTo(START);
        assertThat(flag.from()).isEqualTo("+12025550100");
        assertThat(flag.reason()).isEqualTo(StuckReason.SENT_NO_RECEIPT);
        assertThat(flag.active()).isTrue();
    }

    @Test
    void flagSaysWhenTheMessageBecameStuckEvenIfTheSweepCameLate() throws StoreException {
        TextMessage.in(database.store(), TWILIO, "SM1").sentAt(START);
        now = START.plus(THRESHOLD).plus(Duration.ofHours(30));
        sweeper.sweep();

        assertThat(onlyFlag().dueAt()).isEqualTo(START.plus(THRESHOLD));
        assertThat(onlyFlag().flaggedAt()).isEqualTo(now);
    }

    @Test
    void eachAccountHasItsOwnThreshold() throws StoreException {
        TextMessage.in(database.store(), TWILIO, "SM1").sentAt(START);
        TextMessage.in(database.store(), TELNYX, "tx1").sentAt(START);
        now = START.plus(Duration.ofHours(2));

        sweeper.sweep();
        assertThat(onlyFlag().account()).isEqualTo(TELNYX);
    }

    @Test
    void sweepingAgainChangesNothing() throws StoreException {
        TextMessage.in(database.store(), TWILIO, "SM1").sentAt(START);
        TextMessage.in(database.store(), TWILIO, "SM2").sentAt(START).deliveredAt(START.plusSeconds(3));
        now = START.plus(THRESHOLD);
        sweeper.sweep();
        List<StuckFlag> before = List.copyOf(flags());

        now = now.plus(Duration.ofMinutes(5));
        assertThat(sweeper.sweep()).isEqualTo(new Sweeper.Result(0, 0, 0));
        assertThat(flags()).isEqualTo(before);
    }

    @Test
    void terminalAndUnconfirmedAndInboundMessagesAreNeverFlagged() throws StoreException {
        TextMessage.in(database.store(), TWILIO, "SM1").sentAt(START).deliveredAt(START.plusSeconds(3));
        TextMessage.in(database.store(), TWILIO, "SM2").sentAt(START).failedAt(START.plusSeconds(3));
        TextMessage.in(database.store(), TWILIO, "SM3").sentAt(START).unconfirmedAt(START.plusSeconds(3));
        now = START.plus(Duration.ofDays(30));

        assertThat(sweeper.sweep()).isEqualTo(new Sweeper.Result(0, 0, 0));
    }

    @Test
    void lateReportEndsTheFlagAtTheReportsOwnTime() throws StoreException {
        TextMessage delivered = TextMessage.in(database.store(), TWILIO, "SM1").sentAt(START);
        TextMessage failed = TextMessage.in(database.store(), TWILIO, "SM2").sentAt(START);
        TextMessage unconfirmed =
                TextMessage.in(database.store(), TWILIO, "SM3").sentAt(START);
        now = START.plus(THRESHOLD);
        sweeper.sweep();
        Instant end = now.plusSeconds(60);
        delivered.say(Progress.DELIVERED, Source.WEBHOOK, end, end.plusSeconds(900));
        failed.say(Progress.FAILED, Source.WEBHOOK, end, end.plusSeconds(900));
        unconfirmed.say(Progress.UNCONFIRMED, Source.WEBHOOK, end, end.plusSeconds(900));
        now = now.plus(Duration.ofHours(1));

        assertThat(sweeper.sweep()).isEqualTo(new Sweeper.Result(0, 3, 0));
        assertThat(flags())
                .extracting(StuckFlag::ending)
                .containsExactly(Ending.DELIVERED, Ending.FAILED, Ending.UNCONFIRMED);
        assertThat(flags()).extracting(StuckFlag::endedAt).containsOnly(end);
    }

    @Test
    void messageIsGivenUpOnceItHasWaitedTooLong() throws StoreException {
        TextMessage.in(database.store(), TWILIO, "SM1").sentAt(START);
        now = START.plus(THRESHOLD);
        sweeper.sweep();
        now = START.plus(GIVE_UP).minusMillis(1);
        assertThat(sweeper.sweep().givenUp()).isZero();

        now = START.plus(GIVE_UP);
        assertThat(sweeper.sweep()).isEqualTo(new Sweeper.Result(0, 0, 1));
        assertThat(onlyFlag().ending()).isEqualTo(Ending.NEVER_REPORTED);
        assertThat(onlyFlag().endedAt()).isEqualTo(now);
        now = now.plus(Duration.ofMinutes(5));
        assertThat(sweeper.sweep()).isEqualTo(new Sweeper.Result(0, 0, 0));
    }

    @Test
    void messageFirstSeenAfterGivingUpIsFlaggedAndGivenUpAtOnce() throws StoreException {
        TextMessage.in(database.store(), TWILIO, "SM1").registeredAt(START.minus(Duration.ofDays(8)));

        assertThat(sweeper.sweep()).isEqualTo(new Sweeper.Result(1, 0, 1));
        assertThat(onlyFlag().ending()).isEqualTo(Ending.NEVER_REPORTED);
    }

    @Test
    void reportThatComesAfterGivingUpReplacesNeverReported() throws StoreException {
        TextMessage message = TextMessage.in(database.store(), TWILIO, "SM1").sentAt(START);
        now = START.plus(GIVE_UP);
        sweeper.sweep();
        message.deliveredAt(now.plusSeconds(1));
        now = now.plusSeconds(60);

        assertThat(sweeper.sweep()).isEqualTo(new Sweeper.Result(0, 1, 0));
        assertThat(onlyFlag().ending()).isEqualTo(Ending.DELIVERED);
    }

    @Test
    void messageThatIsOpenAgainAfterItsEndIsFlaggedAnew() throws StoreException {
        TextMessage message = TextMessage.in(database.store(), TELNYX, "tx1").sentAt(START);
        now = START.plus(Duration.ofHours(2));
        sweeper.sweep();
        message.deliveredAt(now);
        assertThat(sweeper.sweep()).isEqualTo(new Sweeper.Result(0, 1, 0));
        new TextMessage(database.store(), TELNYX, message.id(), message.from(), "+12025550177").sentAt(START);
        now = now.plus(Duration.ofHours(1));

        assertThat(sweeper.sweep()).isEqualTo(new Sweeper.Result(1, 0, 0));
        assertThat(onlyFlag().active()).isTrue();
        assertThat(onlyFlag().flaggedAt()).isEqualTo(now);
        assertThat(sweeper.sweep()).isEqualTo(new Sweeper.Result(0, 0, 0));
    }

    @Test
    void messageThatTurnsOutToHaveBeenSentEarlierIsGivenUpByThatTime() throws StoreException {
        TextMessage message = TextMessage.in(database.store(), TWILIO, "SM1").acceptedAt(START);
        now = START.plus(THRESHOLD);
        sweeper.sweep();
        message.registeredAt(START.minus(GIVE_UP));

        assertThat(sweeper.sweep()).isEqualTo(new Sweeper.Result(1, 0, 1));
        assertThat(onlyFlag().ending()).isEqualTo(Ending.NEVER_REPORTED);
        assertThat(sweeper.sweep()).isEqualTo(new Sweeper.Result(0, 0, 0));
    }

    @Test
    void messageThatSettledBeforeTheSweepIsNotCalledNeverReported() throws StoreException {
        TextMessage message = TextMessage.in(database.store(), TWILIO, "SM1").sentAt(START);
        now = START.plus(THRESHOLD);
        sweeper.sweep();
        now = START.plus(GIVE_UP).plusSeconds(1);
        message.deliveredAt(now.minusSeconds(60));

        assertThat(sweeper.sweep()).isEqualTo(new Sweeper.Result(0, 1, 0));
        assertThat(onlyFlag().ending()).isEqualTo(Ending.DELIVERED);
    }

    @Test
    void reasonIsSilenceWhereTheAccountWasHeardOfButNotWithinTheThreshold() throws StoreException {
        TextMessage.in(database.store(), TWILIO, "SM1").acceptedAt(START);
        TextMessage.in(database.store(), TWILIO, "SM2").registeredAt(START);
        now = START.plus(THRESHOLD).plusMillis(1);
        sweeper.sweep();

        assertThat(flags()).extracting(StuckFlag::reason).containsOnly(StuckReason.PROVIDER_SILENT);
    }

    @Test
    void reasonIsTheMessagesOwnWhereTheAccountWasHeardOfSince() throws StoreException {
        TextMessage.in(database.store(), TWILIO, "SM1").acceptedAt(START);
        TextMessage.in(database.store(), TWILIO, "SM2").registeredAt(START);
        now = START.plus(THRESHOLD);
        hear();
        sweeper.sweep();

        assertThat(flags())
                .extracting(StuckFlag::reason)
                .containsExactly(StuckReason.ACCEPTED_OR_QUEUED, StuckReason.NEVER_ANY_CALLBACK);
    }

    @Test
    void registeredMessageOfAnAccountNeverHeardOfStaysNeverAnyCallback() throws StoreException {
        TextMessage.in(database.store(), SILENT, "SM1").registeredAt(START);
        TextMessage.in(database.store(), SILENT, "SM2").say(Progress.ACCEPTED, Source.RECONCILIATION, START, START);
        now = START.plus(THRESHOLD);
        sweeper.sweep();

        assertThat(flags())
                .extracting(StuckFlag::reason)
                .containsExactly(StuckReason.NEVER_ANY_CALLBACK, StuckReason.PROVIDER_SILENT);
    }

    /** By message. */
    private List<StuckFlag> flags() throws StoreException {
        return database.reads().flagsActiveAfter(Instant.EPOCH).stream()
                .sorted(Comparator.comparing(StuckFlag::message))
                .toList();
    }

    private StuckFlag onlyFlag() throws StoreException {
        assertThat(flags()).hasSize(1);
        return flags().get(0);
    }

    private void hear() throws StoreException {
        TextMessage.add(database.store(), TWILIO, Source.WEBHOOK, now);
        TextMessage.add(database.store(), TELNYX, Source.WEBHOOK, now);
    }
}
