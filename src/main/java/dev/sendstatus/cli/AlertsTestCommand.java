package dev.sendstatus.cli;

import dev.sendstatus.channel.ChannelSettings;
import dev.sendstatus.channel.ChannelTrial;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alerts test CHANNEL}. */
@Command(
        name = "test",
        description =
                "Sends a message to a channel from this host, and shows the answer. Exit code 1 if it was not taken, 2 if there is"
                        + " no such channel.",
        footer = {"", "Examples:", "  sendstatus alerts test email"},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class AlertsTestCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "CHANNEL", description = "The channel's name; config check shows them.")
    private String name = "";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    AlertsTestCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration {
        Configuration configuration = context.configuration();
        Optional<ChannelSettings> channel = configuration.notices().channel(name);
        if (channel.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "There is no channel of the name " + name + ": " + known(configuration) + ".");
        }
        ChannelTrial trial = ChannelTrial.of(channel.get(), configuration.notices(), context.clock());
        context.out()
                .println((trial.ok() ? "Taken: " : "Not taken: ") + trial.answer() + " (" + trial.milliseconds()
                        + " ms)");
        return trial.ok() ? 0 : 1;
    }

    private static String known(Configuration configuration) {
        if (!configuration.notices().channels().isEmpty()) {
            return "there are " + String.join(", ", configuration.notices().names());
        }
        return configuration.channelsOff().isEmpty()
                ? "channels in the configuration is empty"
                : "off is " + String.join("; off is ", configuration.channelsOff());
    }
}
