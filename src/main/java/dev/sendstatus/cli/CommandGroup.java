package dev.sendstatus.cli;

import java.util.function.Supplier;
import picocli.CommandLine;

/** A word that only has commands below it: {@code config check}. */
final class CommandGroup extends BaseCommand {
    private CommandGroup() {}

    @SafeVarargs
    static CommandLine of(String name, String description, Supplier<BaseCommand>... commands) {
        CommandLine group = new CommandLine(new CommandGroup()).setCommandName(name);
        for (Supplier<BaseCommand> command : commands) {
            group.addSubcommand(command.get());
        }
        group.getCommandSpec()
                .usageMessage()
                .description(description)
                .footer(group.getSubcommands().keySet().stream()
                        .map(command -> "  sendstatus " + name + " " + command + " --help")
                        .toArray(String[]::new));
        return group;
    }

    @Override
    public Integer call() {
        throw wrongUsage("Say which: " + String.join(", ", spec.subcommands().keySet()));
    }
}
