package dev.sendstatus.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code help report stuck}: what {@code report stuck --help} says. */
@Command(
        name = "help",
        description = "Shows the help of a command; without one, the commands.",
        footer = {"  sendstatus help export", "  sendstatus help token create"})
final class HelpCommand extends BaseCommand {
    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "As it is typed.")
    private List<String> words = List.of();

    @Override
    public Integer call() {
        CommandLine command = spec.root().commandLine();
        for (String word : words) {
            CommandLine next = command.getSubcommands().get(word);
            if (next == null) {
                throw new ParameterException(command, "There is no command " + String.join(" ", words) + ".");
            }
            command = next;
        }
        command.usage(command.getOut());
        return 0;
    }
}
