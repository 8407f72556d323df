package dev.sendstatus.cli;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.relay.EndpointSettings;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A command about one endpoint of the relay. */
abstract class RelayEndpointCommand extends BaseCommand {
    @Parameters(paramLabel = "NAME", description = "The endpoint's name; relay list shows them.")
    private String name = "";

    EndpointSettings endpoint(Configuration configuration) throws CommandFailed {
        for (EndpointSettings endpoint : configuration.endpoints()) {
            if (endpoint.name().equals(name)) {
                return endpoint;
            }
        }
        List<String> on =
                configuration.endpoints().stream().map(EndpointSettings::name).toList();
        throw new CommandFailed("There is no endpoint of the name " + name + ": "
                + known("relay.endpoints", on, configuration.endpointsOff()));
    }
}
