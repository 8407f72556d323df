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
 *
 * @param interval how often a message is asked about at the most
 */
public record Reconciler(
        Reads reads,
        Store store,
        DirectCommit commit,
        StuckLimits limits,
        Duration interval,
        InstantSource clock,
        Sleeper pace,
        MeterRegistry meters) {

    /** Older questions are forgotten, since they concern messages that were given up long ago. */
    private static final Duration REMEMBERED = Duration.ofDays(60);
    /** The longer a message waits, the less an hour changes: it is asked about again after this part of its age. */
    private static final int PART_OF_AGE = 8;

    /** Callbacks wait while the memory is read. */
    private static final int REMEMBERED_AT_ONCE = 1_000;

    private static final List<String> ALERTED = List.of("found", "failed", "refused");
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    /**
     * Asks about the stuck messages of that account.
     *
     * @throws StoreException after which the answers that were stored by then stay stored
     * @throws InterruptedException if all is to stop; the answers until then are stored
     */
    public AccountResult stuck(MessageLookup lookup, StuckSelection wanted, ProgressListener listener)
            throws StoreException, InterruptedException {
        Instant now = clock.instant();
        RunCounts counts = new RunCounts();
        store.forgetAsked(now.minus(REMEMBERED));
        List<Candidate> candidates = due(lookup.account(), wanted, now, counts);
        return run(lookup, counts, listener, questions -> new AccountRun(questions, now, candidates).run());
    }

    /** Takes over everything that the provider lists of that time. Throws as {@link #stuck} does. */
    public AccountResult window(MessageLookup lookup, LookupWindow window, ProgressListener listener)
            throws StoreException, InterruptedException {
        RunCounts counts = new RunCounts();
        Duration within = lookup.terms().listWithin();
        if (within != null && window.from().isBefore(clock.instant().minus(within))) {
            counts.remark("the provider lists the last " + within.toDays() + " days only");
        }
        return run(lookup, counts, listener, questions -> new WindowRun(questions).run(window));
    }

    @FunctionalInterface
    private interface Work {
        void run(AccountQuestions questions) throws StoreException, InterruptedException;
    }

    private AccountResult run(MessageLookup lookup, RunCounts counts, ProgressListener listener, Work work)
            throws StoreException, InterruptedException {
        AccountName account = lookup.account();
        CallLimiter limiter = new CallLimiter(lookup.terms().atOnce(), pace, answer -> count(account, answer));
        Recorder recorder = new Recorder(account, this, counts);
        try {
            work.run(new AccountQuestions(lookup, limiter, recorder, counts, listener));
        } finally {
            recorder.close();
        }
        noteRefusal(account, limiter);
        return counts.result(account, limiter.made(), limiter.stopped());
    }

    /** For the alerts: whether the provider accepts our credentials, as far as this run could tell. */
    private void noteRefusal(AccountName account, CallLimiter limiter) throws StoreException {
        String stopped = limiter.stopped();
        if (limiter.refused() && stopped != null) {
            store.alerts().noteApiRefused(new ApiRefusal(account, clock.instant(), stopped));
        } else if (limiter.made() > 0 && stopped == null) {
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

    private List<Candidate> due(AccountName account, StuckSelection wanted, Instant now, RunCounts counts)
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
                counts.notDue++;
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
