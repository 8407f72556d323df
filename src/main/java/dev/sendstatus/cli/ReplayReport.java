package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.replay.AccountTally;
import dev.sendstatus.replay.ReplayResult;
import dev.sendstatus.text.Table;

/** The output of {@code replay}. */
final class ReplayReport {
    private ReplayReport() {}

    static Table table(ReplayResult result) {
        Table table = Table.figures(
                        "account", "read", "unchanged", "changed", "new events", "not understood", "left quarantine")
                .optional("unchanged", "read");
        for (AccountTally tally : result.accounts()) {
            table.row(
                    tally.account(),
                    tally.read(),
                    tally.unchanged(),
                    tally.changed(),
                    tally.events(),
                    tally.notUnderstood(),
                    tally.released());
        }
        return table;
    }

    static String json(ReplayResult result) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode accounts = page.putArray("accounts");
        for (AccountTally tally : result.accounts()) {
            AccountName name = tally.account();
            accounts.addObject()
                    .put("provider", name.provider().word())
                    .put("account", name.name())
                    .put("read", tally.read())
                    .put("unchanged", tally.unchanged())
                    .put("changed", tally.changed())
                    .put("new_events", tally.events())
                    .put("not_understood", tally.notUnderstood())
                    .put("left_quarantine", tally.released());
        }
        page.put("unreadable", result.damaged());
        return page.toPrettyString();
    }
}
