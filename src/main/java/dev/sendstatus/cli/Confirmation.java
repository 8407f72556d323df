package dev.sendstatus.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;

/** Asks the person at the terminal, where there is one. */
@FunctionalInterface
public interface Confirmation {
    /** The answer to a question. */
    enum Reply {
        YES,
        NO,
        NOBODY_THERE
    }

    Reply ask(PrintWriter err, String question);

    /** At this process's terminal: somebody is there if the console and the error stream, where the question stands, are one. */
    static Confirmation at(CliContext.Terminal terminal) {
        return (err, question) -> {
            Console console = System.console();
            if (console == null || !terminal.progress()) {
                return Reply.NOBODY_THERE;
            }
            err.print(question + " [y/N] ");
            err.flush();
            String line = console.readLine();
            String said = line == null ? "" : line.strip().toLowerCase(Locale.ROOT);
            return said.equals("y") || said.equals("yes") ? Reply.YES : Reply.NO;
        };
    }
}
