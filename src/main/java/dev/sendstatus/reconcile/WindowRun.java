package dev.sendstatus.reconcile;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.provider.LookupAnswer;
import dev.sendstatus.provider.LookupWindow;
import dev.sendstatus.provider.PageWalk;
import dev.sendstatus.store.StoreException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes over all that a provider lists of a time, known here or not: to refill a gap after an outage. One use, one thread. */
final class WindowRun {
    private final AccountQuestions questions;
    private final PageWalk walk = new PageWalk();
    private long done;

    WindowRun(AccountQuestions questions) {
        this.questions = questions;
    }

    void run(LookupWindow window) throws StoreException, InterruptedException {
        String page = null;
        long rows = 0;
        walk.begin();
        do {
            String next = page;
            LookupAnswer answer =
                    questions.limiter().ask(() -> questions.lookup().list(window, next));
            if (answer instanceof LookupAnswer.TooMany) {
                String obstacle = walk.obstacle(window.toString(), List.of());
                if (obstacle == null) {
                    halves(window);
                } else {
                    missed(window, obstacle);
                }
                return;
            }
            if (!(answer instanceof LookupAnswer.Found found)) {
                fail(window, answer);
                return;
            }
            rows += found.rows();
            String obstacle = walk.obstacle(found.next(), AccountRun.content(found));
            if (obstacle != null) {
                missed(window, obstacle);
                return;
            }
            for (Map.Entry<MessageKey, List<DeliveryEvent>> message :
                    AccountRun.byMessage(found.events()).entrySet()) {
                questions.recorder().found(message.getKey(), message.getValue());
                done++;
            }
            found.notUnderstood().forEach(questions.counts()::remark);
            questions.counts().failed += found.notUnderstood().size();
            questions.listener().at(done, Math.max(done, found.total()));
            page = found.next();
            if (page == null && rows < found.total()) {
                missed(window, "it says that there are " + found.total() + ", and listed " + rows);
            }
        } while (page != null);
    }

    private void halves(LookupWindow window) throws StoreException, InterruptedException {
        List<LookupWindow> halves = window.halves();
        if (halves.isEmpty()) {
            questions.counts().failed++;
            questions.counts().remark("more messages within a second than the provider lists, at " + window.from());
        }
        for (LookupWindow half : halves) {
            if (questions.limiter().stopped() == null) {
                run(half);
            }
        }
    }

    private void fail(LookupWindow window, @Nullable LookupAnswer answer) {
        if (answer instanceof LookupAnswer.Failed failed) {
            missed(window, failed.why());
        } else if (answer instanceof LookupAnswer.Rejected rejected) {
            missed(window, rejected.why());
        } else if (answer instanceof LookupAnswer.Missing) {
            missed(window, "it answered 404: check the account's id and api-base-url");
        }
    }

    private void missed(LookupWindow window, String why) {
        questions.counts().failed++;
        questions.counts().remark("from " + window.from() + " to " + window.to() + " not all was listed: " + why);
    }
}
