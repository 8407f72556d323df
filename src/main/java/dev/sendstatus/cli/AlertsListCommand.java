package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.sendstatus.alert.AlertDocument;
import dev.sendstatus.query.ParameterText;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.text.Figures;
import dev.sendstatus.text.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code alerts list}. */
@Command(
        name = "list",
        description =
                "Lists what is wrong: the alerts that fire or are pending, the oldest first, or those of one state.",
        footer = {"  sendstatus alerts list", "  sendstatus alerts list --state resolved --json"})
final class AlertsListCommand extends JsonCommand {
    private static final int MOST = 500;

    @Option(names = "--state", paramLabel = "STATE", description = "pending, firing or resolved.")
    private @Nullable String state;

    @Override
    public Integer call() throws StoreException, CommandFailed, WrongParameter {
        Alert.State wanted = ParameterText.oneOf("state", state, Alert.State.values());
        List<Alert> alerts;
        try (Reads reads = reads(configuration())) {
            alerts = wanted == null ? reads.alerts().open() : reads.alerts().page(wanted, Long.MAX_VALUE, MOST);
        }
        if (json) {
            ArrayNode items = JSON.arrayNode();
            alerts.forEach(alert -> items.add(AlertDocument.of(alert)));
            print(items);
        } else if (alerts.isEmpty()) {
            say("There is none.");
        } else {
            print(alerts);
        }
        return 0;
    }

    private static Object shown(Alert.State state) {
        String word = ParameterText.word(state);
        return state == Alert.State.FIRING ? Table.marked(Table.Mark.ALARM, word) : word;
    }

    private void print(List<Alert> alerts) {
        Table table = Table.texts("id", "state", "rule", "key", "since");
        for (Alert alert : alerts) {
            boolean silenced = alert.silenced(now());
            table.row(
                    alert.id(), silenced ? "silenced" : shown(alert.state()), alert.rule(), alert.key(), alert.since());
        }
        print(table);
        for (Alert alert : alerts) {
            say();
            say(alert.id() + ": " + alert.text());
            if (alert.state() != Alert.State.RESOLVED) {
                say("   " + alert.advice());
            }
            if (alert.silencedUntil() != null && alert.silenced(now())) {
                say("   Silenced until " + Figures.time(alert.silencedUntil())
                        + (alert.comment() == null ? "." : ": " + alert.comment()));
            }
        }
    }
}
