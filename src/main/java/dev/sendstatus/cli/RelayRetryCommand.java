package dev.sendstatus.cli;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import picocli.CommandLine.Command;

/** {@code relay retry NAME}. */
@Command(
        name = "retry",
        description =
                "Has all deliveries of an endpoint that failed or wait for a retry tried now, by the running server.",
        footer = "  sendstatus relay retry default")
final class RelayRetryCommand extends RelayEndpointCommand {
    @Override
    public Integer call() throws StoreException, CommandFailed {
        Configuration configuration = configuration();
        String endpoint = endpoint(configuration).name();
        try (Store store = store(configuration)) {
            int retried = store.relay().retryDeliveries(endpoint, now());
            say(
                    retried == 0
                            ? "Nothing failed."
                            : retried == 1 ? "1 delivery is tried now." : retried + " deliveries are tried now.");
        }
        return 0;
    }
}
