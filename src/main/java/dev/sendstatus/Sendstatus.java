package dev.sendstatus;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.cli.Cli;
import dev.sendstatus.cli.CliContext;

/** The program's start. */
public final class Sendstatus {
    private Sendstatus() {}

    public static void main(String[] arguments) {
        System.exit(Cli.run(CliContext.ofProcess(Adapters.all()), arguments));
    }
}
