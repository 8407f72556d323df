package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.reconcile.AccountResult;
import dev.sendstatus.text.Table;
import java.util.List;

/** The output of {@code reconcile}. */
final class ReconcileReport {
    private ReconcileReport() {}

    /** A row per account, and below it what kept any of them from being complete. */
    static Table table(List<AccountResult> results) {
        Table table = Table.figures(
                        "account",
                        "asked",
                        "calls",
                        "updated",
                        "still sent",
                        "unchanged",
                        "not found",
                        "failed",
                        "not due")
                .optional("unchanged", "calls", "not due");
        for (AccountResult result : results) {
            table.row(
                    result.account(),
                    result.asked(),
                    result.calls(),
                    result.updated(),
                    result.stillSent(),
                    result.unchanged(),
                    result.notFound(),
                    result.failed(),
                    result.notDue());
        }
        return table;
    }

    static String json(List<AccountResult> results) {
        ArrayNode accounts = JsonNodeFactory.instance.arrayNode();
        for (AccountResult result : results) {
            ObjectNode account = accounts.addObject();
            account.put("provider", result.account().provider().word());
            account.put("account", result.account().name());
            account.put("asked", result.asked());
            account.put("calls", result.calls());
            account.put("updated", result.updated());
            account.put("still_sent", result.stillSent());
            account.put("unchanged", result.unchanged());
            account.put("not_found", result.notFound());
            account.put("failed", result.failed());
            account.put("not_due", result.notDue());
            account.put("stopped", result.stopped());
            ArrayNode remarks = account.putArray("remarks");
            result.remarks().forEach(remarks::add);
        }
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.set("accounts", accounts);
        return page.toPrettyString();
    }
}
