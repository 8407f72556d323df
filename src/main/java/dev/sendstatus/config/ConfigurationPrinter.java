package dev.sendstatus.config;

import dev.sendstatus.relay.EndpointSettings;
import dev.sendstatus.text.Table;
import java.util.List;

/** The configuration for a person: the values in force with their origin, and no secret. */
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
        list(
                text,
                "Account",
                configuration.accounts().stream()
                        .map(account -> account.name() + (account.verify() ? "" : " (not verified)"))
                        .toList(),
                configuration.off().stream()
                        .map(off -> off.name() + "; " + off.remedy())
                        .toList());
        list(
                text,
                "Relay endpoint",
                configuration.endpoints().stream().map(EndpointSettings::name).toList(),
                configuration.endpointsOff());
        list(text, "Channel", configuration.notices().names(), configuration.channelsOff());
        configuration.warnings().forEach(warning -> text.append("Warning: " + warning + "\n"));
        return text.toString();
    }

    private static void list(StringBuilder text, String one, List<String> on, List<String> off) {
        text.append(one + "s on: " + (on.isEmpty() ? "none" : String.join(", ", on)) + "\n");
        off.forEach(each -> text.append(one + " off: " + each + "\n"));
    }
}
