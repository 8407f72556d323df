package dev.sendstatus.cli;

import dev.sendstatus.config.ConfigurationPrinter;
import dev.sendstatus.config.InvalidConfiguration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints what is in force and from where, and every mistake in it. */
@Command(
        name = "check",
        footer = {"", "Examples:", "  sendstatus config check"},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Prints the effective configuration, secrets masked, and every mistake in it at once.")
final class ConfigCheckCommand implements Callable<Integer> {
    static final String WHOSE =
            "The configuration is this shell's: its variables and its file. A running server keeps what it was started with.";

    private final CliContext context;

    ConfigCheckCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration {
        try {
            context.out().print(ConfigurationPrinter.text(context.configuration()));
        } catch (InvalidConfiguration e) {
            context.out().print(ConfigurationPrinter.values(e.effective()));
            context.out().flush();
            throw e;
        }
        context.out().println(WHOSE);
        return 0;
    }
}
