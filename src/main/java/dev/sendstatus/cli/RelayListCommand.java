package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.query.ParameterText;
import dev.sendstatus.relay.EndpointSettings;
import dev.sendstatus.relay.RelayDocument;
import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.text.Table;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code relay list}. */
@Command(
        name = "list",
        description =
                "Lists the endpoints that are pushed what changes, and their deliveries that failed or are retried.",
        footer = {"  sendstatus relay list", "  sendstatus relay list --json"})
final class RelayListCommand extends JsonCommand {
    private static final int MOST_DELIVERIES = 100;

    @Override
    public Integer call() throws StoreException, CommandFailed {
        Configuration configuration = configuration();
        if (configuration.endpoints().isEmpty() && !json) {
            say("No endpoint is on.");
            configuration.endpointsOff().forEach(off -> say("Off: " + off));
            return 0;
        }
        try (Reads reads = reads(configuration)) {
            if (json) {
                printJson(configuration, reads);
            } else {
                printTables(configuration, reads);
            }
        }
        return 0;
    }

    private void printJson(Configuration configuration, Reads reads) throws StoreException {
        ArrayNode items = JSON.arrayNode();
        for (EndpointSettings settings : configuration.endpoints()) {
            Optional<RelayEndpoint> stored = reads.relay().endpoint(settings.name());
            if (stored.isPresent()) {
                ObjectNode item = RelayDocument.endpoint(settings, stored.get(), reads.nextSequence() - 1);
                ArrayNode deliveries = item.putArray("deliveries");
                unfinished(reads, settings.name()).forEach(one -> deliveries.add(RelayDocument.delivery(one)));
                items.add(item);
            }
        }
        print(items);
    }

    private void printTables(Configuration configuration, Reads reads) throws StoreException {
        Table endpoints =
                Table.texts("name", "state", "position", "newest", "last success", "next probe", "url", "reason");
        Table deliveries =
                Table.texts("endpoint", "sequence", "id", "state", "attempts", "next try", "error", "excerpt");
        boolean any = false;
        long newest = reads.nextSequence() - 1;
        for (EndpointSettings settings : configuration.endpoints()) {
            RelayEndpoint stored = reads.relay().endpoint(settings.name()).orElse(null);
            endpoints.row(
                    settings.name(),
                    stored == null ? "not started" : ParameterText.word(stored.state()),
                    stored == null ? null : stored.position(),
                    newest,
                    stored == null ? null : stored.lastSuccessAt(),
                    stored == null ? null : stored.nextProbeAt(),
                    settings.destination().shown(),
                    stored == null ? null : stored.reason());
            for (RelayDelivery one : unfinished(reads, settings.name())) {
                any = true;
                deliveries.row(
                        settings.name(),
                        one.sequence(),
                        one.message().id(),
                        ParameterText.word(one.state()),
                        one.attempts(),
                        one.nextAt(),
                        one.error(),
                        one.excerpt());
            }
        }
        print(endpoints);
        if (any) {
            say();
            print(deliveries);
        }
    }

    /** The newest of those that are not delivered. */
    private static List<RelayDelivery> unfinished(Reads reads, String endpoint) throws StoreException {
        return reads.relay().deliveries(endpoint, null, Long.MAX_VALUE, MOST_DELIVERIES).stream()
                .filter(delivery -> delivery.state() != RelayDelivery.State.DELIVERED)
                .toList();
    }
}
