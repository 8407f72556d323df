package dev.sendstatus.channel;

import dev.sendstatus.outbound.Destination;
import dev.sendstatus.store.Severity;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One channel, as it is configured.
 *
 * @param to addresses of e-mail; empty for every other type
 * @param destination where the others send to; null for e-mail
 * @param token what ntfy asks for; null if it asks for none
 * @param least alerts that matter less are not told there; the daily report always is
 * @param fullNumbers whether people's numbers may be told whole
 */
public record ChannelSettings(
        String name,
        Type type,
        List<String> to,
        @Nullable Destination destination,
        @Nullable String token,
        Severity least,
        boolean fullNumbers) {

    public enum Type {
        EMAIL,
        SLACK,
        DISCORD,
        MATTERMOST,
        TEAMS,
        NTFY,
        WEBHOOK;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ChannelSettings {
        to = List.copyOf(to);
    }

    /** Nothing of its URL, which is a secret, nor of its token. */
    @Override
    public String toString() {
        return "ChannelSettings[" + name + ", " + type.word() + "]";
    }
}
