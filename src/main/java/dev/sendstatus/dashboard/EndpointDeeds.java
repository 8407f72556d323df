package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.relay.PushTrial;
import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.text.Figures;
import java.time.Instant;
import java.util.Optional;

/** The buttons of an endpoint of the relay; each does what {@code POST /v1/relay/{name}/…} does. */
final class EndpointDeeds {
    private EndpointDeeds() {}

    static Done pause(Api api, Visit visit) throws StoreException, NotFound {
        String name = RelayWords.endpoint(api, visit).name();
        api.store().relay().pause(name);
        return changed(
                api, name, "It is paused: nothing is pushed there until somebody resumes it, and nothing is lost.");
    }

    static Done resume(Api api, Visit visit) throws StoreException, NotFound {
        String name = RelayWords.endpoint(api, visit).name();
        api.store().relay().resume(name, visit.now());
        return changed(api, name, "It is tried now, and goes on from where it was.");
    }

    static Done recover(Api api, Visit visit) throws StoreException, WrongParameter, NotFound {
        String name = RelayWords.endpoint(api, visit).name();
        Instant since = Times.moment("since", visit.field("since"), visit.now());
        api.store().relay().recover(name, since);
        return changed(
                api,
                name,
                "All that changed since " + Moment.of(since, visit.now()).absolute()
                        + " is pushed again, under the same ids.");
    }

    static Done retryFailed(Api api, Visit visit) throws StoreException, NotFound {
        String name = RelayWords.endpoint(api, visit).name();
        int retried = api.store().relay().retryDeliveries(name, visit.now());
        return changed(
                api,
                name,
                Figures.number(retried) + (retried == 1 ? " delivery is" : " deliveries are") + " tried again now.");
    }

    static Done retry(Api api, Visit visit) throws StoreException, NotFound {
        String name = RelayWords.endpoint(api, visit).name();
        long sequence = number(visit.path("sequence"));
        boolean retried = api.store().relay().retryDelivery(name, sequence, visit.now());
        Optional<RelayDelivery> delivery = api.reads().relay().delivery(name, sequence);
        if (delivery.isEmpty()) {
            throw new NotFound(
                    "No delivery of this change failed: it was delivered, is not wanted by the endpoint, or waits for"
                            + " its turn.");
        }
        return retried
                ? changed(api, name, "Change " + sequence + " is tried again now.")
                : Done.bad(RelayWords.href(name), "Change " + sequence + " was delivered in the end.");
    }

    static Done test(Api api, Visit visit) throws NotFound {
        PushTrial trial = PushTrial.of(RelayWords.endpoint(api, visit), api.clock());
        String said = trial.answer() + ", after " + Figures.number(trial.milliseconds()) + " ms.";
        String path = RelayWords.href(trial.endpoint());
        return trial.ok()
                ? Done.good(path, "The test was taken: " + said)
                : Done.bad(path, "The test was not taken: " + said);
    }

    private static Done changed(Api api, String name, String said) {
        api.relay().wake();
        return Done.good(RelayWords.href(name), said);
    }

    /** -1 if it is none. */
    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
