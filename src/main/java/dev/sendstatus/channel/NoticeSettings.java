package dev.sendstatus.channel;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How people are told.
 *
 * @param channels those that are on
 * @param mail null if no channel needs it
 * @param quiet null if there are none
 * @param zone in which times are shown
 * @param publicUrl of this server, without a slash at its end; links begin with it
 */
public record NoticeSettings(
        List<ChannelSettings> channels,
        @Nullable MailSettings mail,
        @Nullable QuietHours quiet,
        ZoneId zone,
        String publicUrl) {
    public NoticeSettings {
        channels = List.copyOf(channels);
    }

    public List<String> names() {
        return channels.stream().map(ChannelSettings::name).toList();
    }

    public Optional<ChannelSettings> channel(String name) {
        return channels.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
