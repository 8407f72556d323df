package dev.sendstatus.cli;

import dev.sendstatus.ingest.CallbackReader;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.replay.ReplayResult;
import dev.sendstatus.replay.Replayer;
import dev.sendstatus.replay.Watcher;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.StoreException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.concurrent.Callable;
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
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ReplayCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(names = "--quarantined", description = "Only what is in quarantine.")
    private boolean quarantined;

    @Option(
            names = "--since",
            paramLabel = "T",
            converter = Span.Moment.class,
            description =
                    "Only what came since then: 2026-11-25T06:00:00Z, or a day in UTC. Default: all that is stored.")
    private Instant since = Instant.EPOCH;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ReplayCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, StoreException, CommandFailed {
        Configuration configuration = context.configuration();
        ReplayResult result;
        try (Reads reads = OpenReads.of(configuration);
                Store store = OpenStore.of(configuration);
                Progress progress = Progress.of(context.terminal(), "replay", 0)) {
            Watcher watcher = (done, total) -> {
                progress.of(total);
                progress.at(done);
            };
            Replayer replayer =
                    new Replayer(reads, store, new CallbackReader(context.adapters()), new SimpleMeterRegistry());
            result = quarantined ? replayer.quarantined(since, watcher) : replayer.all(since, watcher);
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
            context.out().print(ReplayReport.table(result));
        }
        if (result.damaged() > 0) {
            context.err()
                    .println(result.damaged() + " callbacks could not be read: damaged on disk, or removed. States are not"
                            + " affected; bring back a copy of the database to replay them.");
        }
    }
}
