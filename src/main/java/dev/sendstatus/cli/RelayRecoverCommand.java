package dev.sendstatus.cli;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code relay recover NAME --since T}. */
@Command(
        name = "recover",
        description =
                "Has all that changed since a time pushed to an endpoint again, under the same ids, by the running server.",
        footer = {
            "",
            "Examples:",
            "  sendstatus relay recover default --since 24h",
            "  sendstatus relay recover default --since 2026-11-25T12:00:00Z"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RelayRecoverCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "NAME", description = "The endpoint's name; relay list shows them.")
    private String name = "";

    @Option(
            names = "--since",
            required = true,
            paramLabel = "TIME",
            description = "From when on: " + Times.EXAMPLES + ".")
    private String since = "";

    RelayRecoverCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, StoreException, CommandFailed, WrongParameter {
        Configuration configuration = context.configuration();
        String endpoint = RelayEndpoints.named(configuration, name).name();
        Instant from = Times.moment("since", since, context.clock().instant());
        try (Store store = OpenStore.of(configuration)) {
            store.relay().recover(endpoint, from);
        }
        context.out().println("What changed since " + from + " is pushed to " + endpoint + " again.");
        return 0;
    }
}
