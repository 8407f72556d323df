package dev.sendstatus.cli;

import dev.sendstatus.config.ConfigurationPrinter;
import dev.sendstatus.config.InvalidConfiguration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints what is in force and from where, and every mistake in it. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Prints the effective configuration, secrets masked, and every mistake in it at once.")
final class ConfigCheckCommand implements Callable<Integer> {
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
        return 0;
    }
}
