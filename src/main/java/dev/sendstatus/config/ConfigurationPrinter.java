package dev.sendstatus.config;

import dev.sendstatus.relay.EndpointSettings;
import dev.sendstatus.text.Table;
import java.util.List;

/** The configuration as people read it: what is in force, where it came from, and no secret. */
public final class ConfigurationPrinter {
    private static final int LONGEST_ALIGNED = 60;

    private ConfigurationPrinter() {}

    /** A line for each: key, value, where it came from. */
    public static String values(List<EffectiveValue> values) {
        Table table = Table.facts().widest(LONGEST_ALIGNED);
        values.forEach(value -> table.row(value.key(), value.shown(), value.origin()));
        return table.text(Table.Screen.NONE);
    }

    public static String text(Configuration configuration) {
        StringBuilder text = new StringBuilder(values(configuration.effective()));
        text.append("\nData directory: ").append(configuration.dataDirectory()).append('\n');
        text.append("Accounts on: ")
                .append(configuration.accounts().isEmpty() ? "none" : namesOn(configuration))
                .append('\n');
        for (AccountOff off : configuration.off()) {
            text.append("Account off: ")
                    .append(off.name())
                    .append("; ")
                    .append(off.remedy())
                    .append('\n');
        }
        text.append("Relay endpoints on: ")
                .append(
                        configuration.endpoints().isEmpty()
                                ? "none"
                                : String.join(
                                        ", ",
                                        configuration.endpoints().stream()
                                                .map(EndpointSettings::name)
                                                .toList()))
                .append('\n');
        configuration
                .endpointsOff()
                .forEach(off -> text.append("Relay endpoint off: ").append(off).append('\n'));
        text.append("Channels on: ")
                .append(
                        configuration.notices().channels().isEmpty()
                                ? "none"
                                : String.join(", ", configuration.notices().names()))
                .append('\n');
        configuration
                .channelsOff()
                .forEach(off -> text.append("Channel off: ").append(off).append('\n'));
        for (String warning : configuration.warnings()) {
            text.append("Warning: ").append(warning).append('\n');
        }
        return text.toString();
    }

    private static String namesOn(Configuration configuration) {
        return String.join(
                ", ",
                configuration.accounts().stream()
                        .map(account -> account.name() + (account.verify() ? "" : " (not verified)"))
                        .toList());
    }
}
