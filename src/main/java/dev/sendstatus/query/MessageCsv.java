package dev.sendstatus.query;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.sendstatus.catalog.ErrorMeaning;
import dev.sendstatus.event.Cost;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecipientState;
import dev.sendstatus.store.StuckView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Messages as rows of CSV, a row for each recipient: {@code docs/exports.md} has the columns. Names with a capital inside are
 * Spoke's, so that what reads Spoke's export of messages reads this one.
 */
final class MessageCsv {
    private static final Map<String, Contents> ALL = new LinkedHashMap<>();

    static {
        plain("provider", row -> row.state().message().provider().word());
        text("account", row -> row.state().account().name());
        text("id", row -> row.state().message().id());
        plain("direction", row -> ParameterText.word(row.state().direction()));
        text("from", row -> row.state().from());
        text("to", row -> row.to() == null ? null : row.to().address());
        plain("sendStatus", row -> row.status().name());
        text("errorCodes", row -> row.recipient().errorCode());
        text("provider_status", row -> row.recipient().providerStatus());
        error("error_title", ErrorMeaning::title);
        error("category", error -> error.category().word());
        error("advice", ErrorMeaning::advice);
        error("charged", error -> error.charged().word());
        error("retryable", error -> Boolean.toString(error.retryable()));
        plain("unconfirmed", row -> Boolean.toString(row.recipient().unconfirmed()));
        plain("conflict", row -> Boolean.toString(row.recipient().conflict()));
        text("carrier", row -> row.recipient().carrier());
        plain("message_status", row -> row.messageStatus().name());
        plain("recipients", row -> Integer.toString(row.state().recipients().size()));
        // A value of the whole message stands in its first row only, so that sums over the column are right.
        plain(
                "segments",
                row -> row.first() && row.state().segments() > 0
                        ? "" + row.state().segments()
                        : null);
        plain("cost", row -> row.cost() == null ? null : row.cost().amount().toPlainString());
        text("currency", row -> row.cost() == null ? null : row.cost().currency());
        text("reference", row -> row.state().labels().reference());
        text("campaign", row -> row.state().labels().campaign());
        text("tags", row -> String.join(";", row.state().labels().tags()));
        text("link_domains", row -> String.join(";", row.state().labels().linkDomains()));
        time("registered_at", row -> row.state().registeredAt());
        time("sent_at", row -> row.state().sentAt());
        time("finalized_at", row -> row.state().finalizedAt());
        time("updated_at", row -> row.recipient().updatedAt());
        time("first_event_at", row -> row.state().firstEventAt());
        time("last_event_at", row -> row.state().lastEventAt());
        time("stuck_flagged_at", row -> row.stuck() == null ? null : row.stuck().flaggedAt());
        plain(
                "stuck_reason",
                row -> row.stuck() == null ? null : row.stuck().reason().word());
    }

    /** The names of the columns, in their order. */
    static final List<String> COLUMNS = List.copyOf(ALL.keySet());

    private final MessageDocument document;
    private final MessageErrors errors;
    private final CsvLayout layout;
    private final List<Contents> chosen;
    private final CsvWriter csv;

    /** The text of a cell; null for an empty one. */
    @FunctionalInterface
    private interface Contents {
        @Nullable
        String of(Row row, CsvLayout layout);
    }

    /**
     * A recipient of a message.
     *
     * @param first whether it is the message's first row
     * @param unconfirmedStatus the status that an unconfirmed message has
     */
    private record Row(
            MessageState state,
            RecipientState recipient,
            boolean first,
            SendStatus unconfirmedStatus,
            @Nullable ErrorMeaning error,
            @Nullable StuckView stuck) {

        private @Nullable Recipient to() {
            return recipient.to();
        }

        private SendStatus status() {
            return recipient.unconfirmed() ? unconfirmedStatus : recipient.status();
        }

        private SendStatus messageStatus() {
            return state.unconfirmed() ? unconfirmedStatus : state.status();
        }

        private @Nullable Cost cost() {
            return first ? state.cost() : null;
        }
    }

    MessageCsv(MessageDocument document, CsvLayout layout, CsvWriter csv) {
        this.document = document;
        this.errors = new MessageErrors(document.catalogue());
        this.layout = layout;
        this.chosen = layout.columns().stream().map(ALL::get).toList();
        this.csv = csv;
    }

    private static void plain(String column, Function<Row, @Nullable String> word) {
        ALL.put(column, (row, layout) -> word.apply(row));
    }

    /** A column of texts that a provider or a sender chose. */
    private static void text(String column, Function<Row, @Nullable String> text) {
        ALL.put(column, (row, layout) -> {
            String cell = text.apply(row);
            return cell == null ? null : SpreadsheetCell.safe(cell);
        });
    }

    /** A column about the meaning of the error code. An operator's own file of codes may give it a text that a spreadsheet would take for a formula. */
    private static void error(String column, Function<ErrorMeaning, String> text) {
        text(column, row -> row.error() == null ? null : text.apply(row.error()));
    }

    private static void time(String column, Function<Row, @Nullable Instant> time) {
        ALL.put(column, (row, layout) -> {
            Instant cell = time.apply(row);
            return cell == null ? null : layout.time(cell);
        });
    }

    void header() {
        csv.writeRecord(layout.columns());
    }

    /** @param stuck null if the message is not stuck */
    void message(MessageState state, @Nullable StuckView stuck) {
        boolean first = true;
        for (RecipientState recipient : state.recipients()) {
            Row row = new Row(
                    state,
                    recipient,
                    first,
                    document.unconfirmedStatus(),
                    errors.of(state, recipient).orElse(null),
                    stuck);
            csv.writeRecord(chosen.stream()
                    .map(column -> Objects.requireNonNullElse(column.of(row, layout), ""))
                    .toList());
            first = false;
        }
    }
}
