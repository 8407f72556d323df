package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.api.Unanswerable;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.QuarantinedCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredCallback;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One callback that was not understood, with its bytes, which hold message texts.
 *
 * @param raw null once its bytes have been removed
 * @param rawNote how they are shown
 */
public record QuarantinedPage(
        long number, List<Fact> facts, @Nullable RawText raw, String rawNote, Button again) {

    static QuarantinedPage of(Api api, Visit visit) throws StoreException, Unanswerable {
        QuarantinedCallback found = api.quarantined(visit.path("number"));
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.text("Account", found.account().toString()));
        facts.add(Fact.moment("Received", found.receivedAt(), visit.now()));
        facts.add(Fact.text("Why it is here", found.reason()));
        Optional<StoredCallback> stored = api.reads().callbacks().one(found.number());
        if (stored.isEmpty()) {
            return new QuarantinedPage(
                    found.number(),
                    facts,
                    null,
                    "Its bytes are no longer kept: their time, retention.raw, is over.",
                    readAgain(found.number()));
        }
        facts.add(Fact.text("Bytes", Figures.number(stored.get().raw().body().length)));
        RawText raw = RawText.of(stored.get(), visit.now());
        return new QuarantinedPage(
                found.number(),
                facts,
                raw,
                raw.base64()
                        ? "In Base64: the bytes are no UTF-8 text."
                        : "As text. Characters that are not seen, or that turn the order of others around, are shown as signs.",
                readAgain(found.number()));
    }

    static Button readAgain(long number) {
        return new Button(QuarantinePage.PATH + "/" + number + "/replay", "Read again", "callback " + number);
    }

    static Site.Done replay(Api api, Visit visit) throws StoreException, Unanswerable {
        long number = api.quarantined(visit.path("number")).number();
        Optional<Store.Applied> replayed = api.replayer().one(number);
        if (replayed.isEmpty()) {
            return Site.Done.bad(
                    QuarantinePage.PATH,
                    "Callback " + number + " cannot be read again: its bytes are gone or damaged.");
        }
        Incoming read = replayed.get().read();
        String why = read.quarantine();
        if (why != null) {
            return Site.Done.bad(
                    QuarantinePage.PATH + "/" + number,
                    "Callback " + number + " is still not understood by this version: " + why);
        }
        int events = read.events().size();
        return Site.Done.good(
                QuarantinePage.PATH,
                "Callback " + number + " is understood now: " + Figures.number(events)
                        + (events == 1 ? " event, " : " events, ")
                        + Figures.number(replayed.get().added()) + " of them new. It has left the quarantine.");
    }
}
