package dev.sendstatus.cli;

import dev.sendstatus.config.ConfigurationPrinter;
import dev.sendstatus.config.InvalidConfiguration;
import picocli.CommandLine.Command;

/** {@code config check}: the values in force with their origin, and every mistake in them. */
@Command(
        name = "check",
        footer = "  sendstatus config check",
        description = "Prints the effective configuration, secrets masked, and every mistake in it at once.")
final class ConfigCheckCommand extends BaseCommand {
    static final String WHOSE =
            "The configuration is this shell's: its variables and its file. A running server keeps what it was started with.";

    @Override
    public Integer call() throws InvalidConfiguration {
        try {
            context().out().print(ConfigurationPrinter.text(context().configuration()));
        } catch (InvalidConfiguration e) {
            context().out().print(ConfigurationPrinter.values(e.effective()));
            context().out().flush();
            throw e;
        }
        say(WHOSE);
        return 0;
    }
}
