package dev.sendstatus.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How people are told.
 *
 * @param channels those that are on
 * @param mail null if no channel needs it
 * @param quiet null if there are none
 */
public record NoticeSettings(
        List<ChannelSettings> channels, @Nullable MailSettings mail, @Nullable QuietHours quiet) {
    public NoticeSettings {
        channels = List.copyOf(channels);
    }

    public List<String> names() {
        return channels.stream().map(ChannelSettings::name).toList();
    }
}
