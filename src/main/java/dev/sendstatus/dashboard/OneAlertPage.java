package dev.sendstatus.dashboard;

import dev.sendstatus.alert.AlertDocument;
import dev.sendstatus.api.Api;
import dev.sendstatus.api.Unanswerable;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.text.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One alert: the fault, its beginning, its size against the usual one, and the remedy.
 *
 * @param more the page of its subject; null if there is none
 * @param silence where the form goes; null where it has ended
 */
public record OneAlertPage(
        Alert alert,
        List<Badge> badges,
        @Nullable Way more,
        List<Fact> facts,
        @Nullable String silence,
        Choice until,
        Choice comment) {

    static OneAlertPage of(Api api, Visit visit) throws StoreException, Unanswerable {
        Alert alert = api.alert(visit.path("id"));
        return new OneAlertPage(
                alert,
                AlertWords.badges(alert, visit.now()),
                AlertWords.more(alert),
                facts(alert, visit.now()),
                alert.state() == Alert.State.RESOLVED ? null : AlertWords.href(alert) + "/silence",
                Choice.text("until", "Tell nobody until", null, "4h, 7d, 2026-12-01"),
                Choice.text("comment", "Comment", alert.comment(), "Who looks after it"));
    }

    private static List<Fact> facts(Alert alert, Instant now) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.text("Rule", alert.rule()));
        facts.add(Fact.text("About", alert.key()));
        facts.add(Fact.moment("Since", alert.since(), now));
        facts.add(Fact.moment("Fired", alert.firedAt(), now));
        if (alert.resolvedAt() != null) {
            facts.add(Fact.moment("Resolved", alert.resolvedAt(), now));
        }
        facts.add(Fact.text("Now", AlertWords.value(alert, alert.value())));
        facts.add(Fact.text("Usual", AlertWords.value(alert, alert.usual())));
        Long messages = alert.messages();
        if (messages != null) {
            facts.add(Fact.text("Of so many", Figures.number(messages)));
        }
        facts.add(Fact.moment("Silenced until", alert.silencedUntil(), now));
        facts.add(Fact.text("Comment", alert.comment() == null ? "–" : alert.comment()));
        return facts;
    }

    static Site.Done silence(Api api, Visit visit) throws StoreException, WrongParameter, Unanswerable {
        Alert alert = api.alert(visit.path("id"));
        Instant until = Times.ahead("until", visit.field("until"), visit.now());
        String comment = visit.field("comment").strip();
        AlertDocument.checkComment(comment);
        return api.store().alerts().silence(alert.id(), until, comment.isEmpty() ? null : comment)
                ? Site.Done.good(
                        AlertWords.href(alert),
                        "Nobody is told of it until "
                                + Moment.of(until, visit.now()).absolute() + ".")
                : Site.Done.bad(AlertWords.href(alert), "It has ended, so nobody is told of it any more.");
    }
}
