package dev.sendstatus;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.cli.Cli;
import dev.sendstatus.cli.CliContext;

/** Where the program starts. */
public final class Sendstatus {
    private Sendstatus() {}

    public static void main(String[] arguments) {
        System.exit(Cli.run(CliContext.ofProcess(Adapters.all()), arguments));
    }
}
