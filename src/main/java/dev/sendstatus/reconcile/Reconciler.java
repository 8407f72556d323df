package dev.sendstatus.reconcile;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.ingest.DirectCommit;
import dev.sendstatus.provider.LookupAnswer;
import dev.sendstatus.provider.LookupWindow;
import dev.sendstatus.provider.MessageLookup;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.ApiRefusal;
import dev.sendstatus.store.PastLookup;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.text.ProgressListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks the providers about messages. An answer joins the stored events, like a callback; none overwrites. The questions are
 * remembered, so that a run that was cut short goes on where it ended. One thread at a time calls it.
 */
public final class Reconciler {
    /** Older questions are forgotten, since they concern messages that were given up long ago. */
    private static final Duration REMEMBERED = Duration.ofDays(60);
    /** The longer a message waits, the less an hour changes: it is asked about again after this part of its age. */
    private static final int PART_OF_AGE = 8;

    /** Callbacks wait while the memory is read. */
    private static final int REMEMBERED_AT_ONCE = 1_000;

    private static final List<String> ALERTED = List.of("found", "failed", "refused");
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final Reads reads;
    private final Store store;
    private final DirectCommit commit;
    private final StuckLimits limits;
    private final Duration interval;
    private final InstantSource clock;
    private final Sleeper pace;
    private final MeterRegistry meters;

    /** @param interval how often a message is asked about at the most */
    public Reconciler(
            Reads reads,
            Store store,
            DirectCommit commit,
            StuckLimits limits,
            Duration interval,
            InstantSource clock,
            Sleeper pace,
            MeterRegistry meters) {
        this.reads = reads;
        this.store = store;
        this.commit = commit;
        this.limits = limits;
        this.interval = interval;
        this.clock = clock;
        this.pace = pace;
        this.meters = meters;
    }

    /**
     * Asks about the stuck messages of that account.
     *
     * @throws StoreException after which the answers that were stored by then stay stored
     * @throws InterruptedException if all is to stop; the answers until then are stored
     */
    public AccountResult stuck(MessageLookup lookup, StuckSelection wanted, ProgressListener listener)
            throws StoreException, InterruptedException {
        Instant now = clock.instant();
        RunCounts tally = new RunCounts();
        store.forgetAsked(now.minus(REMEMBERED));
        List<Candidate> candidates = due(lookup.account(), wanted, now, tally);
        return run(
                lookup,
                tally,
                (courtesy, recorder) ->
                        new AccountRun(lookup, courtesy, recorder, tally, listener, now, candidates).run());
    }

    /** Takes over everything that the provider lists of that time. Throws as {@link #stuck} does. */
    public AccountResult window(MessageLookup lookup, LookupWindow window, ProgressListener listener)
            throws StoreException, InterruptedException {
        RunCounts tally = new RunCounts();
        Duration within = lookup.terms().listWithin();
        if (within != null && window.from().isBefore(clock.instant().minus(within))) {
            tally.remark("the provider lists the last " + within.toDays() + " days only");
        }
        return run(
                lookup,
                tally,
                (courtesy, recorder) -> new WindowRun(lookup, courtesy, recorder, tally, listener).run(window));
    }

    @FunctionalInterface
    private interface Work {
        void run(CallLimiter courtesy, Recorder recorder) throws StoreException, InterruptedException;
    }

    private AccountResult run(MessageLookup lookup, RunCounts tally, Work work)
            throws StoreException, InterruptedException {
        AccountName account = lookup.account();
        CallLimiter courtesy = new CallLimiter(lookup.terms().atOnce(), pace, answer -> count(account, answer));
        Recorder recorder = new Recorder(account, reads, store, commit, clock, pace, tally);
        try {
            work.run(courtesy, recorder);
        } finally {
            recorder.close();
        }
        noteRefusal(account, courtesy);
        return tally.result(account, courtesy.made(), courtesy.stopped());
    }

    /** For the alerts: whether the provider accepts our credentials, as far as this run could tell. */
    private void noteRefusal(AccountName account, CallLimiter courtesy) throws StoreException {
        String stopped = courtesy.stopped();
        if (courtesy.refused() && stopped != null) {
            store.alerts().noteApiRefused(new ApiRefusal(account, clock.instant(), stopped));
        } else if (courtesy.made() > 0 && stopped == null) {
            store.alerts().forgetApiRefused(account);
        }
    }

    /** From the start, so that a rate over the metric sees the first call that goes wrong. */
    public void announce(AccountName account) {
        ALERTED.forEach(word -> calls(account, word));
    }

    private void count(AccountName account, LookupAnswer answer) {
        calls(account, answer.word()).increment();
    }

    private Counter calls(AccountName account, String word) {
        return Counter.builder("sendstatus.reconcile.calls")
                .description("Calls to a provider's API about messages")
                .tag("provider", account.provider().word())
                .tag("outcome", word)
                .register(meters);
    }

    private List<Candidate> due(AccountName account, StuckSelection wanted, Instant now, RunCounts tally)
            throws StoreException {
        Duration age = wanted.olderThan() != null ? wanted.olderThan() : limits.thresholdOf(account);
        List<Candidate> stuck = new ArrayList<>();
        for (StoredMessage open : reads.open(account, now.minus(age), true)) {
            MessageState state = open.state();
            if (wanted.givenUpToo() || limits.givenUpAt(state.waitingSince()).isAfter(now)) {
                stuck.add(new Candidate(state.message(), state.waitingSince()));
            }
        }
        Map<MessageKey, PastLookup> asked = asked(stuck);
        List<Candidate> due = new ArrayList<>();
        for (Candidate candidate : stuck) {
            if (!isDue(candidate, asked.get(candidate.message()), now)) {
                tally.notDue++;
            } else if (due.size() < wanted.limit()) {
                due.add(candidate);
            }
        }
        return due;
    }

    private Map<MessageKey, PastLookup> asked(List<Candidate> stuck) throws StoreException {
        Map<MessageKey, PastLookup> asked = new HashMap<>();
        for (int from = 0; from < stuck.size(); from += REMEMBERED_AT_ONCE) {
            List<Candidate> some = stuck.subList(from, Math.min(stuck.size(), from + REMEMBERED_AT_ONCE));
            asked.putAll(reads.asked(some.stream().map(Candidate::message).toList()));
        }
        return asked;
    }

    private boolean isDue(Candidate candidate, @Nullable PastLookup asked, Instant now) {
        if (asked == null) {
            return true;
        }
        if (!asked.again()) {
            return false;
        }
        Duration part = Duration.between(candidate.waitingSince(), asked.at()).dividedBy(PART_OF_AGE);
        Duration wait = part.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : part;
        return !asked.at().plus(wait.compareTo(interval) > 0 ? wait : interval).isAfter(now);
    }
}
