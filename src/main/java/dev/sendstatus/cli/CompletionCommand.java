package dev.sendstatus.cli;

import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code completion}: a script for the shell, which then completes commands and options. */
@Command(
        name = "completion",
        description = {
            "Prints a script that lets the shell complete commands and options at the tab key.",
            "It is for a sendstatus on the PATH, or an alias of that name; the same for bash and zsh."
        },
        footer = {
            "  sendstatus completion bash",
            "  sendstatus completion zsh",
            "",
            "In ~/.bashrc or ~/.zshrc: source <(sendstatus completion bash)"
        })
final class CompletionCommand extends BaseCommand {
    @Parameters(arity = "0..1", paramLabel = "bash|zsh", description = "The shell.")
    private @Nullable String shell;

    @Override
    public Integer call() {
        if (shell != null && !shell.equals("bash") && !shell.equals("zsh")) {
            throw wrongUsage("The shell is bash or zsh, not " + shell + ".");
        }
        context().out().print(AutoComplete.bash("sendstatus", spec.root().commandLine()));
        return 0;
    }
}
