package dev.sendstatus.cli;

import dev.sendstatus.channel.ChannelSettings;
import dev.sendstatus.channel.ChannelTrial;
import dev.sendstatus.config.Configuration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code alerts test CHANNEL}. */
@Command(
        name = "test",
        description =
                "Sends a message to a channel from this host, and shows the answer. Exit code 1 if it was not taken, 2 if there is"
                        + " no such channel.",
        footer = "  sendstatus alerts test email")
final class AlertsTestCommand extends BaseCommand {
    @Parameters(paramLabel = "CHANNEL", description = "The channel's name; config check shows them.")
    private String name = "";

    @Override
    public Integer call() throws CommandFailed {
        Configuration configuration = configuration();
        Optional<ChannelSettings> channel = configuration.notices().channel(name);
        if (channel.isEmpty()) {
            throw wrongUsage("There is no channel of the name " + name + ": "
                    + known("channels", configuration.notices().names(), configuration.channelsOff()));
        }
        ChannelTrial trial = ChannelTrial.of(
                channel.get(), configuration.notices(), context().clock());
        return told(trial.ok(), trial.answer(), trial.milliseconds());
    }
}
