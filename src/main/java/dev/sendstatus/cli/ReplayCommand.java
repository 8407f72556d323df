package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.ingest.CallbackReader;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.replay.AccountTally;
import dev.sendstatus.replay.ReplayResult;
import dev.sendstatus.replay.Replayer;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.text.Table;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code replay}: reads stored callbacks again, beside a running server or without one. */
@Command(
        name = "replay",
        description = {
            "Runs stored raw callbacks through the adapters of this version again, as after an upgrade.",
            "What they say that is known already changes nothing, so it is safe to repeat. What was not understood and is by now"
                    + " leaves the quarantine."
        },
        footer = {"  sendstatus replay --quarantined", "  sendstatus replay --since yesterday"})
final class ReplayCommand extends JsonCommand {
    @Option(names = "--quarantined", description = "Only what is in quarantine.")
    private boolean quarantined;

    @Option(
            names = "--since",
            paramLabel = "T",
            description = "Only what came since then: " + Times.EXAMPLES + ". Default: all that is stored.")
    private @Nullable String since;

    @Override
    public Integer call() throws StoreException, CommandFailed, WrongParameter {
        Instant from = since == null ? Instant.EPOCH : Times.moment("since", since, now());
        Configuration configuration = configuration();
        ReplayResult result;
        try (Reads reads = reads(configuration);
                Store store = store(configuration);
                ProgressLine progress = progress("replay", 0)) {
            Replayer replayer =
                    new Replayer(reads, store, new CallbackReader(context().adapters()), new SimpleMeterRegistry());
            result = quarantined ? replayer.quarantined(from, progress) : replayer.all(from, progress);
        }
        print(result);
        return result.damaged() == 0 ? 0 : 1;
    }

    private void print(ReplayResult result) {
        if (json) {
            print(document(result));
        } else if (result.accounts().isEmpty()) {
            say(quarantined ? "No such callback is in quarantine." : "No such callback is stored.");
        } else {
            Table table = Table.figures(
                    "account", "read", "unchanged", "changed", "new events", "not understood", "left quarantine");
            print(DocumentTable.of(
                    table.optional("unchanged", "read"), document(result).path("accounts")));
        }
        if (result.damaged() > 0) {
            note(result.damaged()
                    + " callbacks could not be read: damaged on disk, or removed. States are not"
                    + " affected; bring back a copy of the database to replay them.");
        }
    }

    private static ObjectNode document(ReplayResult result) {
        ObjectNode page = JSON.objectNode();
        ArrayNode accounts = page.putArray("accounts");
        for (AccountTally tally : result.accounts()) {
            accounts.addObject()
                    .put("provider", tally.account().provider().word())
                    .put("account", tally.account().name())
                    .put("read", tally.read())
                    .put("unchanged", tally.unchanged())
                    .put("changed", tally.changed())
                    .put("new_events", tally.events())
                    .put("not_understood", tally.notUnderstood())
                    .put("left_quarantine", tally.released());
        }
        return page.put("unreadable", result.damaged());
    }
}
