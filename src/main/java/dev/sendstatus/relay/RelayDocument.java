package dev.sendstatus.relay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.query.ParameterText;
import dev.sendstatus.query.Times;
import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.RelayEndpoint;

/** Endpoints and deliveries as the JSON of the API; the command line prints the same. */
public final class RelayDocument {
    private RelayDocument() {}

    /** @param newest where the feed ends */
    public static ObjectNode endpoint(EndpointSettings settings, RelayEndpoint endpoint, long newest) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", endpoint.name());
        node.put("url", settings.destination().shown());
        node.put("state", ParameterText.word(endpoint.state()));
        node.put("reason", endpoint.reason());
        node.put("position", endpoint.position());
        node.put("newest", newest);
        node.put("failing_since", Times.text(endpoint.failingSince()));
        node.put("next_probe_at", Times.text(endpoint.nextProbeAt()));
        node.put("last_success_at", Times.text(endpoint.lastSuccessAt()));
        return node;
    }

    public static ObjectNode delivery(RelayDelivery delivery) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("sequence", delivery.sequence());
        node.put("provider", delivery.message().provider().word());
        node.put("id", delivery.message().id());
        node.put("state", ParameterText.word(delivery.state()));
        node.put("attempts", delivery.attempts());
        node.put("next_at", Times.text(delivery.nextAt()));
        node.put("http_status", delivery.httpStatus());
        node.put("error", delivery.error());
        node.put("excerpt", delivery.excerpt());
        return node;
    }
}
