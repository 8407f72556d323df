package dev.sendstatus.cli;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.relay.EndpointSettings;

/** The endpoints that are configured, by their names. */
final class RelayEndpoints {
    private RelayEndpoints() {}

    static EndpointSettings named(Configuration configuration, String name) throws CommandFailed {
        for (EndpointSettings endpoint : configuration.endpoints()) {
            if (endpoint.name().equals(name)) {
                return endpoint;
            }
        }
        throw new CommandFailed("There is no endpoint of the name " + name + ": " + known(configuration) + ".");
    }

    private static String known(Configuration configuration) {
        if (!configuration.endpoints().isEmpty()) {
            return "there are "
                    + String.join(
                            ", ",
                            configuration.endpoints().stream()
                                    .map(EndpointSettings::name)
                                    .toList());
        }
        return configuration.endpointsOff().isEmpty()
                ? "relay.endpoints in the configuration is empty"
                : "off is " + String.join("; off is ", configuration.endpointsOff());
    }
}
