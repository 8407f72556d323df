package dev.sendstatus.config;

import dev.sendstatus.alert.AlertSettings;
import dev.sendstatus.api.HttpSettings;
import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.channel.NoticeSettings;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.ingest.IngestSettings;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.relay.EndpointSettings;
import dev.sendstatus.report.ReportSettings;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.sweep.StuckSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, checked.
 *
 * @param unconfirmedStatus the status of an unconfirmed message: SENT or ERROR
 * @param apiToken a token of scope write; null if one is to be made at the first start; never printed
 * @param catalogue what error codes mean, with the operator's own file laid over it
 * @param reconcileInterval how often the providers are asked for stuck messages
 * @param retentionRaw how long raw callbacks, and the message texts in them, are kept
 * @param retentionMessages how long messages and their events are kept
 * @param dataDirectory where the program keeps its own files; absolute, may not exist yet
 * @param accounts those that are on, in the file's order
 * @param off those that are not, each with how to switch it on
 * @param endpoints of the relay that are on
 * @param endpointsOff those that are not, each with how to switch it on
 * @param notices how people are told
 * @param channelsOff channels that are not on, each with how to switch it on
 * @param alertChannels names of channels that are told alerts
 * @param effective every value with where it came from, secrets masked
 * @param warnings values that look wrong and stop nothing
 */
public record Configuration(
        HttpSettings http,
        DatabaseSettings database,
        IngestSettings ingest,
        StuckSettings stuck,
        ReportSettings report,
        SendStatus unconfirmedStatus,
        @Nullable String apiToken,
        Catalogue catalogue,
        Duration reconcileInterval,
        Duration retentionRaw,
        Duration retentionMessages,
        Path dataDirectory,
        List<AccountConfiguration> accounts,
        List<AccountOff> off,
        List<EndpointSettings> endpoints,
        List<String> endpointsOff,
        NoticeSettings notices,
        List<String> channelsOff,
        AlertSettings alerts,
        List<String> alertChannels,
        List<EffectiveValue> effective,
        List<String> warnings) {

    public Configuration {
        accounts = List.copyOf(accounts);
        off = List.copyOf(off);
        endpoints = List.copyOf(endpoints);
        endpointsOff = List.copyOf(endpointsOff);
        channelsOff = List.copyOf(channelsOff);
        alertChannels = List.copyOf(alertChannels);
        effective = List.copyOf(effective);
        warnings = List.copyOf(warnings);
    }

    /** How messages are shown. */
    public MessageDocument document() {
        return new MessageDocument(unconfirmedStatus, catalogue, stuck.limits());
    }

    @Override
    public String toString() {
        return "Configuration[" + effective + ", off=" + off + "]";
    }
}
