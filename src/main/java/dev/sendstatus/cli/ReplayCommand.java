package dev.sendstatus.cli;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.ingest.CallbackReader;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.replay.ReplayResult;
import dev.sendstatus.replay.Replayer;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.concurrent.Callable;
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
        footer = {"", "Examples:", "  sendstatus replay --quarantined", "  sendstatus replay --since yesterday"},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ReplayCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(names = "--quarantined", description = "Only what is in quarantine.")
    private boolean quarantined;

    @Option(
            names = "--since",
            paramLabel = "T",
            description = "Only what came since then: " + Times.EXAMPLES + ". Default: all that is stored.")
    private @Nullable String since;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ReplayCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, StoreException, CommandFailed, WrongParameter {
        Instant from = since == null
                ? Instant.EPOCH
                : Times.moment("since", since, context.clock().instant());
        Configuration configuration = context.configuration();
        ReplayResult result;
        try (Reads reads = OpenReads.of(configuration);
                Store store = OpenStore.of(configuration);
                ProgressLine progress = ProgressLine.of(context.terminal(), "replay", 0)) {
            Replayer replayer =
                    new Replayer(reads, store, new CallbackReader(context.adapters()), new SimpleMeterRegistry());
            result = quarantined ? replayer.quarantined(from, progress) : replayer.all(from, progress);
        }
        print(result);
        return result.damaged() == 0 ? 0 : 1;
    }

    private void print(ReplayResult result) {
        if (json) {
            context.out().println(ReplayReport.json(result));
        } else if (result.accounts().isEmpty()) {
            context.out().println(quarantined ? "No such callback is in quarantine." : "No such callback is stored.");
        } else {
            context.print(ReplayReport.table(result));
        }
        if (result.damaged() > 0) {
            context.err()
                    .println(result.damaged()
                            + " callbacks could not be read: damaged on disk, or removed. States are not"
                            + " affected; bring back a copy of the database to replay them.");
        }
    }
}
