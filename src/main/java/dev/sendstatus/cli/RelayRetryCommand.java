package dev.sendstatus.cli;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code relay retry NAME}. */
@Command(
        name = "retry",
        description =
                "Has all deliveries of an endpoint that failed or wait for a retry tried now, by the running server.",
        footer = {"", "Examples:", "  sendstatus relay retry default"},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RelayRetryCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "NAME", description = "The endpoint's name; relay list shows them.")
    private String name = "";

    RelayRetryCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, StoreException, CommandFailed {
        Configuration configuration = context.configuration();
        String endpoint = RelayEndpoints.named(configuration, name).name();
        try (Store store = OpenStore.of(configuration)) {
            int retried =
                    store.relay().retryDeliveries(endpoint, context.clock().instant());
            context.out()
                    .println(
                            retried == 0
                                    ? "Nothing failed."
                                    : retried == 1
                                            ? "1 delivery is tried now."
                                            : retried + " deliveries are tried now.");
        }
        return 0;
    }
}
