package dev.sendstatus.query;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.catalog.ErrorMeaning;
import dev.sendstatus.event.Cost;
import dev.sendstatus.event.Labels;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecipientState;
import dev.sendstatus.store.StuckView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Messages as rows of CSV, a row for each recipient: {@code docs/exports.md} has the columns. Names with a capital inside are
 * Spoke's, so that what reads Spoke's export of messages reads this one.
 */
final class MessageCsv {
    static final List<String> COLUMNS = List.of(
            "provider",
            "account",
            "id",
            "direction",
            "from",
            "to",
            "sendStatus",
            "errorCodes",
            "provider_status",
            "error_title",
            "category",
            "advice",
            "charged",
            "retryable",
            "unconfirmed",
            "conflict",
            "carrier",
            "message_status",
            "recipients",
            "segments",
            "cost",
            "currency",
            "reference",
            "campaign",
            "tags",
            "link_domains",
            "registered_at",
            "sent_at",
            "finalized_at",
            "updated_at",
            "first_event_at",
            "last_event_at",
            "stuck_flagged_at",
            "stuck_reason");

    private final SendStatus unconfirmedStatus;
    private final MessageErrors errors;
    private final CsvLayout layout;
    private final int[] chosen;
    private final CsvWriter csv;
    /** All columns; {@link #chosen} says which of them are written, in which order. */
    private final List<String> row = new ArrayList<>(COLUMNS.size());

    /** @param unconfirmedStatus what an unconfirmed message counts as */
    MessageCsv(SendStatus unconfirmedStatus, Catalogue catalogue, CsvLayout layout, CsvWriter csv) {
        this.unconfirmedStatus = unconfirmedStatus;
        this.errors = new MessageErrors(catalogue);
        this.layout = layout;
        this.chosen = layout.columns().stream().mapToInt(COLUMNS::indexOf).toArray();
        this.csv = csv;
    }

    void header() {
        csv.writeRecord(layout.columns());
    }

    /** @param stuck null if the message is not stuck */
    void message(MessageState state, @Nullable StuckView stuck) {
        boolean first = true;
        for (RecipientState recipient : state.recipients()) {
            row.clear();
            identity(state, recipient);
            outcome(recipient, errors.of(state, recipient).orElse(null));
            whole(state, first);
            labels(state.labels());
            times(state, recipient, stuck);
            write();
            first = false;
        }
    }

    private void write() {
        String[] cells = new String[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            cells[i] = row.get(chosen[i]);
        }
        csv.writeRecord(cells);
    }

    private void identity(MessageState state, RecipientState recipient) {
        row.add(state.message().provider().word());
        text(state.account().name());
        text(state.message().id());
        row.add(state.direction().name().toLowerCase(Locale.ROOT));
        text(state.from());
        text(recipient.to() == null ? null : recipient.to().address());
    }

    private void outcome(RecipientState recipient, @Nullable ErrorMeaning error) {
        row.add(shown(recipient.status(), recipient.unconfirmed()).name());
        text(recipient.errorCode());
        text(recipient.providerStatus());
        text(error == null ? null : error.title());
        row.add(error == null ? "" : error.category().word());
        text(error == null ? null : error.advice());
        row.add(error == null ? "" : error.charged().word());
        row.add(error == null ? "" : Boolean.toString(error.retryable()));
        row.add(Boolean.toString(recipient.unconfirmed()));
        row.add(Boolean.toString(recipient.conflict()));
        text(recipient.carrier());
    }

    /** A value of the whole message stands in its first row only, so that sums over the column are right. */
    private void whole(MessageState state, boolean first) {
        row.add(shown(state.status(), state.unconfirmed()).name());
        row.add(Integer.toString(state.recipients().size()));
        row.add(first && state.segments() > 0 ? Integer.toString(state.segments()) : "");
        Cost cost = first ? state.cost() : null;
        row.add(cost == null ? "" : cost.amount().toPlainString());
        text(cost == null ? null : cost.currency());
    }

    private void labels(Labels labels) {
        text(labels.reference());
        text(labels.campaign());
        text(String.join(";", labels.tags()));
        text(String.join(";", labels.linkDomains()));
    }

    private void times(MessageState state, RecipientState recipient, @Nullable StuckView stuck) {
        time(state.registeredAt());
        time(state.sentAt());
        time(state.finalizedAt());
        time(recipient.updatedAt());
        time(state.firstEventAt());
        time(state.lastEventAt());
        time(stuck == null ? null : stuck.flaggedAt());
        row.add(stuck == null ? "" : stuck.reason().word());
    }

    private void text(@Nullable String text) {
        row.add(text == null ? "" : SpreadsheetCell.safe(text));
    }

    private void time(@Nullable Instant time) {
        row.add(time == null ? "" : layout.time(time));
    }

    private SendStatus shown(SendStatus status, boolean unconfirmed) {
        return unconfirmed ? unconfirmedStatus : status;
    }
}
