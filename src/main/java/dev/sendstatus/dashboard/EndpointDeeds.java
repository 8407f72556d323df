package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.api.Unanswerable;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.relay.PushTrial;
import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.text.Figures;
import java.time.Instant;

/** The buttons of an endpoint of the relay; each does what {@code POST /v1/relay/{name}/…} does. */
final class EndpointDeeds {
    private EndpointDeeds() {}

    private static String name(Api api, Visit visit) throws Unanswerable {
        return api.endpoint(visit.path("name")).name();
    }

    static Site.Done pause(Api api, Visit visit) throws StoreException, Unanswerable {
        String name = name(api, visit);
        api.store().relay().pause(name);
        return changed(
                api, name, "It is paused: nothing is pushed there until somebody resumes it, and nothing is lost.");
    }

    static Site.Done resume(Api api, Visit visit) throws StoreException, Unanswerable {
        String name = name(api, visit);
        api.store().relay().resume(name, visit.now());
        return changed(api, name, "It is tried now, and goes on from where it was.");
    }

    static Site.Done recover(Api api, Visit visit) throws StoreException, WrongParameter, Unanswerable {
        String name = name(api, visit);
        Instant since = Times.moment("since", visit.field("since"), visit.now());
        api.store().relay().recover(name, since);
        return changed(
                api,
                name,
                "All that changed since " + Moment.of(since, visit.now()).absolute()
                        + " is pushed again, under the same ids.");
    }

    static Site.Done retryFailed(Api api, Visit visit) throws StoreException, Unanswerable {
        String name = name(api, visit);
        int retried = api.store().relay().retryDeliveries(name, visit.now());
        return changed(
                api,
                name,
                Figures.number(retried) + (retried == 1 ? " delivery is" : " deliveries are") + " tried again now.");
    }

    static Site.Done retry(Api api, Visit visit) throws StoreException, Unanswerable {
        String name = name(api, visit);
        long sequence = Api.number(visit.path("sequence"));
        boolean retried = api.store().relay().retryDelivery(name, sequence, visit.now());
        RelayDelivery delivery = api.delivery(name, sequence);
        return retried
                ? changed(api, name, "Change " + delivery.sequence() + " is tried again now.")
                : Site.Done.bad(RelayPage.href(name), "Change " + delivery.sequence() + " was delivered in the end.");
    }

    static Site.Done test(Api api, Visit visit) throws Unanswerable {
        PushTrial trial = PushTrial.of(api.endpoint(visit.path("name")), api.clock());
        String said = trial.answer() + ", after " + Figures.number(trial.milliseconds()) + " ms.";
        String path = RelayPage.href(trial.endpoint());
        return trial.ok()
                ? Site.Done.good(path, "The test was taken: " + said)
                : Site.Done.bad(path, "The test was not taken: " + said);
    }

    private static Site.Done changed(Api api, String name, String said) {
        api.relay().wake();
        return Site.Done.good(RelayPage.href(name), said);
    }
}
