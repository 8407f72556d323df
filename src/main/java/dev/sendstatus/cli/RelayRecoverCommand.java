package dev.sendstatus.cli;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code relay recover NAME --since T}. */
@Command(
        name = "recover",
        description =
                "Has all that changed since a time pushed to an endpoint again, under the same ids, by the running server.",
        footer = {
            "  sendstatus relay recover default --since 24h",
            "  sendstatus relay recover default --since 2026-11-25T12:00:00Z"
        })
final class RelayRecoverCommand extends RelayEndpointCommand {
    @Option(
            names = "--since",
            required = true,
            paramLabel = "TIME",
            description = "From when on: " + Times.EXAMPLES + ".")
    private String since = "";

    @Override
    public Integer call() throws StoreException, CommandFailed, WrongParameter {
        Configuration configuration = configuration();
        String endpoint = endpoint(configuration).name();
        Instant from = Times.moment("since", since, now());
        try (Store store = store(configuration)) {
            store.relay().recover(endpoint, from);
        }
        say("What changed since " + from + " is pushed to " + endpoint + " again.");
        return 0;
    }
}
