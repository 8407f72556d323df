package dev.sendstatus.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.api.Api;
import dev.sendstatus.api.Unanswerable;
import dev.sendstatus.dashboard.Badge.Kind;
import dev.sendstatus.event.Cost;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.query.MessageErrors;
import dev.sendstatus.query.ParameterText;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecipientState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StuckView;
import dev.sendstatus.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message: what became of it, why, and how that is known.
 *
 * @param id whole
 * @param sentence its state
 * @param why null where no error code came
 * @param pushes without a row where no endpoint is configured
 * @param callbacks null for a session that may only read: they hold message texts
 * @param json the same as the API has it
 */
public record OneMessagePage(
        String id,
        List<Badge> badges,
        String sentence,
        @Nullable WhyFailed why,
        Grid recipients,
        List<Step> timeline,
        List<Fact> facts,
        Grid pushes,
        @Nullable List<RawText> callbacks,
        String json) {

    /** One event. @param way how it came */
    public record Step(Moment moment, Badge badge, String text, String way, boolean changed) {}

    static OneMessagePage of(Api api, Visit visit) throws StoreException, Unanswerable {
        StoredMessage message = find(api, visit);
        MessageState state = message.state();
        MessageKey key = state.message();
        Instant now = visit.now();
        List<RecordedEvent> events = api.reads().history(key).events();
        return new OneMessagePage(
                key.id(),
                MessageWords.badges(api, message, now),
                sentence(api, message, now),
                WhyFailed.of(api, state, now),
                recipients(api, state, now),
                timeline(api, events, now),
                facts(api, state, now),
                Pushes.of(api, events, now),
                visit.mayWrite() ? callbacks(api, key, now) : null,
                Place.of(MessagesPage.PATH + "/" + Place.encoded(key.id()) + "/json")
                        .with("provider", key.provider().word())
                        .url());
    }

    private static List<RawText> callbacks(Api api, MessageKey key, Instant now) throws StoreException {
        return api.reads().callbacks().of(key).stream()
                .map(callback -> RawText.of(callback, now))
                .toList();
    }

    /** The document of the API. */
    static ObjectNode json(Api api, Visit visit) throws StoreException, Unanswerable {
        StoredMessage message = find(api, visit);
        return api.document().message(message, visit.now());
    }

    private static StoredMessage find(Api api, Visit visit) throws StoreException, Unanswerable {
        List<StoredMessage> found = api.messages(visit.path("id"), visit.query("provider"));
        if (found.size() > 1) {
            throw new NotFound(
                    409,
                    "Several providers have a message of this id. It is one of these.",
                    found.stream()
                            .map(message -> Way.to(
                                    message.state().account().toString(),
                                    MessageWords.href(message.state().message())))
                            .toList());
        }
        return found.get(0);
    }

    private static String sentence(Api api, StoredMessage message, Instant now) {
        MessageState state = message.state();
        StuckView stuck = StuckView.of(message, now, api.document().limits());
        if (stuck != null) {
            return "Stuck for " + Figures.duration(stuck.ageSeconds()) + ": "
                    + stuck.reason().text() + ".";
        }
        String to = state.recipients().size() == 1
                ? ""
                : " to " + state.recipients().size() + " recipients";
        return switch (state.progress()) {
            case DELIVERED -> "Delivered" + to + after(state) + ".";
            case FAILED ->
                "Not delivered" + to
                        + new MessageErrors(api.document().catalogue())
                                .of(state)
                                .map(error -> ": " + error.title() + " (" + error.code() + ")")
                                .orElse("; the provider gave no code")
                        + ".";
            case UNCONFIRMED -> "Sent; the provider says that it will never know more.";
            case REGISTERED -> "Sent by your program " + age(state, now) + " ago; the provider has said nothing yet.";
            case ACCEPTED, SENT ->
                "On its way for " + age(state, now) + "; the provider's last word is \"" + word(state) + "\".";
        };
    }

    private static String age(MessageState state, Instant now) {
        return Figures.duration(
                Math.max(0, Duration.between(state.waitingSince(), now).toSeconds()));
    }

    private static String after(MessageState state) {
        Instant sent = state.sentAt();
        Instant end = state.finalizedAt();
        return sent == null || end == null || end.isBefore(sent)
                ? ""
                : ", " + Figures.latency(Duration.between(sent, end).toMillis()) + " after it was sent";
    }

    private static String word(MessageState state) {
        return state.recipients().stream()
                .filter(recipient -> recipient.progress() == state.progress())
                .map(RecipientState::providerStatus)
                .findFirst()
                .orElse("");
    }

    private static Grid recipients(Api api, MessageState state, Instant now) {
        return new Columns<>(state.recipients(), now)
                .link(
                        "To",
                        recipient -> recipient.to() == null
                                ? "nobody named yet"
                                : recipient.to().address(),
                        recipient -> recipient.to() == null
                                ? null
                                : MessagesPage.by(api, "to", recipient.to().address()))
                .badges("Status", recipient -> badges(api, recipient))
                .text("Provider's word", RecipientState::providerStatus)
                .text("Error code", RecipientState::errorCode)
                .text("Carrier", RecipientState::carrier)
                .moment("Updated", RecipientState::updatedAt)
                .grid("recipients", "Recipients");
    }

    private static List<Badge> badges(Api api, RecipientState recipient) {
        Badge status = MessageWords.status(api, recipient.status(), recipient.unconfirmed());
        return recipient.conflict() ? List.of(status, new Badge("conflict", Kind.WARNING)) : List.of(status);
    }

    private static List<Step> timeline(Api api, List<RecordedEvent> events, Instant now) {
        List<Step> steps = new ArrayList<>();
        for (RecordedEvent recorded : events) {
            DeliveryEvent event = recorded.event();
            String text = "\"" + Grid.cut(event.providerStatus()) + "\""
                    + (event.recipient() == null
                            ? ""
                            : " for " + Grid.cut(event.recipient().address()))
                    + (event.errorCode() == null ? "" : ", code " + Grid.cut(event.errorCode()));
            Instant occurred = recorded.occurredAt();
            steps.add(new Step(
                    Moment.of(recorded.receivedAt(), now),
                    MessageWords.status(api, event.progress().status(), event.progress() == Progress.UNCONFIRMED),
                    text,
                    "by " + ParameterText.word(recorded.source())
                            + (occurred == null
                                    ? ""
                                    : ", said of " + Moment.of(occurred, now).absolute()),
                    recorded.changed()));
        }
        return steps;
    }

    private static List<Fact> facts(Api api, MessageState state, Instant now) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.text("Account", state.account().toString()));
        facts.add(Fact.text("Direction", ParameterText.word(state.direction())));
        linked(api, facts, "From", "from", state.from());
        linked(api, facts, "Reference", "reference", state.labels().reference());
        linked(api, facts, "Campaign", "campaign", state.labels().campaign());
        state.labels().tags().forEach(tag -> linked(api, facts, "Tag", "tag", tag));
        state.labels().linkDomains().forEach(domain -> linked(api, facts, "Domain of a link", "link_domain", domain));
        if (state.segments() > 0) {
            facts.add(Fact.text("Segments", Figures.number(state.segments())));
        }
        Cost cost = state.cost();
        if (cost != null) {
            facts.add(Fact.text("Cost", cost.amount().toPlainString() + " " + cost.currency()));
        }
        timed(facts, "Registered", state.registeredAt(), now);
        timed(facts, "Sent", state.sentAt(), now);
        timed(facts, "Final", state.finalizedAt(), now);
        timed(facts, "First heard of", state.firstEventAt(), now);
        timed(facts, "Last heard of", state.lastEventAt(), now);
        return facts;
    }

    private static void linked(Api api, List<Fact> facts, String name, String filter, @Nullable String value) {
        if (value != null) {
            facts.add(new Fact(name, Grid.cut(value), MessagesPage.by(api, filter, value), null));
        }
    }

    private static void timed(List<Fact> facts, String name, @Nullable Instant time, Instant now) {
        if (time != null) {
            facts.add(Fact.moment(name, time, now));
        }
    }
}
