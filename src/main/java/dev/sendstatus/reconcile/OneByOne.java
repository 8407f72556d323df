package dev.sendstatus.reconcile;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.provider.LookupAnswer;
import dev.sendstatus.store.StoreException;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks about messages by their ids, a few at a time. The threads ask; the calling thread records the answers.
 *
 * @param answered hears of each message that was asked about
 */
record OneByOne(AccountQuestions questions, Consumer<MessageKey> answered) {

    /** @param answer null if it was not asked about, because no more is asked */
    private record Asked(MessageKey message, @Nullable LookupAnswer answer) {}

    void ask(List<Candidate> candidates) throws StoreException, InterruptedException {
        if (candidates.isEmpty()) {
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(
                questions.lookup().terms().atOnce(),
                task -> new Thread(task, "lookup-" + questions.lookup().account()));
        try {
            CompletionService<Asked> asking = new ExecutorCompletionService<>(threads);
            for (Candidate candidate : candidates) {
                MessageKey message = candidate.message();
                asking.submit(() -> new Asked(
                        message,
                        questions.limiter().ask(() -> questions.lookup().one(message.id()))));
            }
            boolean stopping = false;
            for (int i = 0; i < candidates.size(); i++) {
                // Also when all is to stop, the answers until then are recorded: the rest then ends at once.
                stopping |= !record(asking.take());
            }
            if (stopping) {
                throw new InterruptedException("the program stops");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** @return false if it was not asked about, because all is to stop */
    private boolean record(Future<Asked> future) throws StoreException, InterruptedException {
        try {
            record(future.get());
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                return false;
            }
            throw new IllegalStateException("an adapter has a mistake and throws while it asks", e.getCause());
        }
    }

    private void record(Asked asked) throws StoreException, InterruptedException {
        MessageKey message = asked.message;
        LookupAnswer answer = asked.answer;
        if (answer instanceof LookupAnswer.Found found) {
            found.notUnderstood().forEach(questions.counts()::remark);
            var events = AccountRun.byMessage(found.events()).get(message);
            if (events == null) {
                fail("an answer said nothing about the message that was asked about");
            } else {
                questions.recorder().found(message, events);
            }
        } else if (answer instanceof LookupAnswer.Missing) {
            questions.recorder().missing(message);
        } else if (answer instanceof LookupAnswer.Failed failed) {
            fail(failed.why());
        } else if (answer instanceof LookupAnswer.Rejected rejected) {
            fail(rejected.why());
        } else {
            // Not asked about, or refused as all others will be: the reason is told once.
            return;
        }
        answered.accept(message);
    }

    private void fail(String why) {
        questions.counts().asked++;
        questions.counts().failed++;
        questions.counts().remark(why);
    }
}
