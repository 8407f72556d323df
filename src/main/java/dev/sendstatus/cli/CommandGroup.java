package dev.sendstatus.cli;

import picocli.CommandLine;

/** A word that only has commands below it: {@code config check}. */
final class CommandGroup extends BaseCommand {
    private CommandGroup() {}

    static CommandLine of(String name, String description, Object... commands) {
        CommandLine group = new CommandLine(new CommandGroup()).setCommandName(name);
        for (Object command : commands) {
            group.addSubcommand(command);
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
