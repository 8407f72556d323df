package dev.sendstatus.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A word that only has commands below it: {@code config check}. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
final class CommandGroup implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private CommandGroup() {}

    static CommandLine of(String name, String description, Object... commands) {
        CommandLine group = new CommandLine(new CommandGroup()).setCommandName(name);
        group.getCommandSpec().usageMessage().description(description);
        for (Object command : commands) {
            group.addSubcommand(command);
        }
        List<String> footer = new ArrayList<>(List.of("", "Examples:"));
        group.getSubcommands().keySet().forEach(one -> footer.add("  sendstatus " + name + " " + one + " --help"));
        group.getCommandSpec().usageMessage().footer(footer.toArray(String[]::new));
        return group;
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "Say which: " + String.join(", ", spec.subcommands().keySet()));
    }
}
