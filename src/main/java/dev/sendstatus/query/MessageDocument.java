package dev.sendstatus.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.catalog.ErrorMeaning;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.state.Change;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecipientState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.ChangePage;
import dev.sendstatus.store.MessagePage;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StuckView;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message and its history as JSON documents of the API; the command line prints the same.
 *
 * @param unconfirmedStatus the status that an unconfirmed message has on this platform: SENT, or ERROR. A matter of showing only,
 *     so that changing it changes the past as well.
 * @param catalogue what error codes mean
 * @param limits decide which messages are stuck
 */
public record MessageDocument(SendStatus unconfirmedStatus, Catalogue catalogue, StuckLimits limits) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** The state. @param now the moment that decides whether it is stuck */
    public ObjectNode message(StoredMessage message, Instant now) {
        MessageState state = message.state();
        StuckView stuck = StuckView.of(message, now, limits);
        MessageErrors errors = new MessageErrors(catalogue);
        ObjectNode node = JSON.objectNode();
        node.put("provider", state.message().provider().word());
        node.put("account", state.account().name());
        node.put("id", state.message().id());
        node.put("direction", ParameterText.word(state.direction()));
        node.put("from", state.from());
        node.put("status", shown(state.status(), state.unconfirmed()).name());
        node.put("error_code", state.errorCode());
        node.set("error", error(errors.of(state)));
        ArrayNode recipients = node.putArray("recipients");
        for (RecipientState recipient : state.recipients()) {
            recipients.add(recipient(recipient, errors.of(state, recipient)));
        }
        if (state.segments() > 0) {
            node.put("segments", state.segments());
        } else {
            node.putNull("segments");
        }
        if (state.cost() == null) {
            node.putNull("cost");
        } else {
            // A decimal as text: a JSON number would be read as a binary fraction.
            node.putObject("cost")
                    .put("amount", state.cost().amount().toPlainString())
                    .put("currency", state.cost().currency());
        }
        node.put("reference", state.labels().reference());
        node.put("campaign", state.labels().campaign());
        node.set("tags", list(state.labels().tags()));
        node.set("link_domains", list(state.labels().linkDomains()));
        node.put("registered_at", Times.text(state.registeredAt()));
        node.put("sent_at", Times.text(state.sentAt()));
        node.put("finalized_at", Times.text(state.finalizedAt()));
        node.put("first_event_at", Times.text(state.firstEventAt()));
        node.put("last_event_at", Times.text(state.lastEventAt()));
        if (stuck == null) {
            node.putNull("stuck");
        } else {
            node.putObject("stuck")
                    .put("flagged_at", Times.text(stuck.flaggedAt()))
                    .put("age_seconds", stuck.ageSeconds())
                    .put("reason", stuck.reason().word());
        }
        return node;
    }

    /** A page of a list. */
    public ObjectNode page(MessagePage page, Instant now) {
        Long next = page.next();
        return messages(page.messages(), now).put("next_cursor", next == null ? null : Cursor.write(next));
    }

    /** Many messages by their ids. @param ids all that were asked for, each once */
    public ObjectNode lookup(Collection<String> ids, List<StoredMessage> found, Instant now) {
        ObjectNode node = messages(found, now);
        Set<String> known = new HashSet<>();
        found.forEach(message -> known.add(message.state().message().id()));
        ArrayNode missing = node.putArray("missing");
        ids.stream().filter(id -> !known.contains(id)).forEach(missing::add);
        return node;
    }

    private ObjectNode messages(List<StoredMessage> messages, Instant now) {
        ObjectNode node = JSON.objectNode();
        ArrayNode items = node.putArray("items");
        messages.forEach(message -> items.add(message(message, now)));
        return node;
    }

    private ObjectNode recipient(RecipientState recipient, Optional<ErrorMeaning> error) {
        ObjectNode node = JSON.objectNode();
        node.put("to", address(recipient.to()));
        node.put("status", shown(recipient.status(), recipient.unconfirmed()).name());
        node.put("provider_status", recipient.providerStatus());
        node.put("error_code", recipient.errorCode());
        node.set("error", error(error));
        node.put("unconfirmed", recipient.unconfirmed());
        node.put("conflict", recipient.conflict());
        node.put("carrier", recipient.carrier());
        node.put("updated_at", Times.text(recipient.updatedAt()));
        return node;
    }

    /** The history, in order of arrival. */
    public ArrayNode events(MessageHistory history) {
        ArrayNode list = JSON.arrayNode();
        for (RecordedEvent recorded : history.events()) {
            DeliveryEvent event = recorded.event();
            ObjectNode node = list.addObject();
            node.put("sequence", recorded.sequence());
            node.put("received_at", Times.text(recorded.receivedAt()));
            node.put("occurred_at", Times.text(recorded.occurredAt()));
            node.put("source", ParameterText.word(recorded.source()));
            node.put("recipient", address(event.recipient()));
            node.put("provider_status", event.providerStatus());
            node.put(
                    "status",
                    shown(event.progress().status(), event.progress() == Progress.UNCONFIRMED)
                            .name());
            node.put("error_code", event.errorCode());
            node.put("changed", recorded.changed());
        }
        return list;
    }

    /** One change, as of that change: an item of the feed. */
    public ObjectNode change(Change change) {
        RecordedEvent event = change.event();
        MessageState after = change.after();
        RecipientState recipient = change.recipient();
        RecipientState previous = change.previous();
        String code = recipient.errorCode();
        ObjectNode node = JSON.objectNode();
        node.put("sequence", change.sequence());
        node.put("changed_at", Times.text(event.receivedAt()));
        node.put("occurred_at", Times.text(event.occurredAt()));
        node.put("type", change.type().word());
        node.put("provider", after.message().provider().word());
        node.put("account", after.account().name());
        node.put("id", after.message().id());
        node.put("direction", ParameterText.word(after.direction()));
        node.put("recipient", address(recipient.to()));
        node.put("status", shown(recipient.status(), recipient.unconfirmed()).name());
        node.put(
                "previous_status",
                previous == null
                        ? null
                        : shown(previous.status(), previous.unconfirmed()).name());
        node.put("provider_status", recipient.providerStatus());
        node.put("error_code", code);
        node.put(
                "category",
                code == null
                        ? null
                        : catalogue.category(after.message().provider(), code).word());
        node.put("unconfirmed", recipient.unconfirmed());
        node.put("conflict", recipient.conflict());
        node.put("source", ParameterText.word(event.source()));
        node.put("reference", after.labels().reference());
        node.put("campaign", after.labels().campaign());
        node.set("tags", list(after.labels().tags()));
        node.put("message_status", shown(after.status(), after.unconfirmed()).name());
        return node;
    }

    /** Some changes, and where the next begin: an answer of the feed. */
    public ObjectNode changes(ChangePage page) {
        ObjectNode node = JSON.objectNode();
        node.put("feed", page.feed());
        ArrayNode items = node.putArray("items");
        page.changes().forEach(change -> items.add(change(change)));
        node.put("next_after", page.next());
        node.put("newest", page.newest());
        return node;
    }

    private static JsonNode error(Optional<ErrorMeaning> error) {
        return error.<JsonNode>map(MessageDocument::error).orElseGet(JSON::nullNode);
    }

    /** The meaning of an error code, as the {@code error} object of a message. */
    static ObjectNode error(ErrorMeaning error) {
        return JSON.objectNode()
                .put("code", error.code())
                .put("title", error.title())
                .put("meaning", error.meaning())
                .put("advice", error.advice())
                .put("category", error.category().word())
                .put("charged", error.charged().word())
                .put("retryable", error.retryable());
    }

    private static JsonNode list(@Nullable List<String> texts) {
        if (texts == null) {
            return JSON.nullNode();
        }
        ArrayNode list = JSON.arrayNode();
        texts.forEach(list::add);
        return list;
    }

    private SendStatus shown(SendStatus status, boolean unconfirmed) {
        return unconfirmed ? unconfirmedStatus : status;
    }

    private static @Nullable String address(@Nullable Recipient recipient) {
        return recipient == null ? null : recipient.address();
    }
}
