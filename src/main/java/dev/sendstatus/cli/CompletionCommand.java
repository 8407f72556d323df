package dev.sendstatus.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: a script for the shell, which then completes commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Prints a script that lets the shell complete commands and options at the tab key.",
            "It is for a sendstatus on the PATH, or an alias of that name; the same for bash and zsh."
        },
        footer = {
            "",
            "Examples:",
            "  sendstatus completion bash",
            "  sendstatus completion zsh",
            "",
            "In ~/.bashrc or ~/.zshrc: source <(sendstatus completion bash)"
        })
final class CompletionCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "bash|zsh", description = "The shell.")
    private @Nullable String shell;

    CompletionCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (shell != null && !shell.equals("bash") && !shell.equals("zsh")) {
            throw new ParameterException(spec.commandLine(), "The shell is bash or zsh, not " + shell + ".");
        }
        context.out().print(AutoComplete.bash("sendstatus", spec.root().commandLine()));
        return 0;
    }
}
