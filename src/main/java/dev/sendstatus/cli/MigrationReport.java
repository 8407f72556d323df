package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.migrate.MigrationResult;
import dev.sendstatus.text.Table;
import java.util.Comparator;
import java.util.List;

/** The output of {@code migrate}. */
final class MigrationReport {
    private static final int SHOWN_DIGITS = 16;

    private MigrationReport() {}

    static Table table(MigrationResult result) {
        Table table = Table.figures("table", "rows", "in target", "digest", "in target", "equal");
        for (MigrationResult.Compared compared : sorted(result)) {
            table.row(
                    compared.name(),
                    compared.sourceRows(),
                    compared.targetRows(),
                    compared.sourceDigest().substring(0, SHOWN_DIGITS),
                    compared.targetDigest().substring(0, SHOWN_DIGITS),
                    compared.equal() ? "yes" : "no");
        }
        return table;
    }

    static ObjectNode json(MigrationResult result, String source, String target) {
        ObjectNode page = JsonNodeFactory.instance
                .objectNode()
                .put("source", source)
                .put("target", target)
                .put("complete", result.complete())
                .put("resumed", result.resumed())
                .put("messages_written", result.messages());
        ArrayNode tables = page.putArray("tables");
        for (MigrationResult.Compared compared : sorted(result)) {
            tables.addObject()
                    .put("table", compared.name())
                    .put("equal", compared.equal())
                    .put("source_rows", compared.sourceRows())
                    .put("target_rows", compared.targetRows())
                    .put("source_digest", compared.sourceDigest())
                    .put("target_digest", compared.targetDigest());
        }
        ArrayNode differences = page.putArray("differences");
        result.differences().forEach(differences::add);
        return page;
    }

    /** The things that a person must know or do; empty if there are none. */
    static String remarks(MigrationResult result) {
        StringBuilder text = new StringBuilder();
        for (String difference : result.differences()) {
            text.append(difference).append('\n');
        }
        if (!result.complete()) {
            text.append("The two databases are not equal, so do not use the target.")
                    .append(" See that nothing else writes into it, and run this again: it begins anew.\n");
        }
        return text.toString();
    }

    private static List<MigrationResult.Compared> sorted(MigrationResult result) {
        return result.tables().stream()
                .sorted(Comparator.comparing(MigrationResult.Compared::name))
                .toList();
    }
}
