package dev.sendstatus.cli;

import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Consistency;
import dev.sendstatus.store.jdbc.Consistency.Difference;
import dev.sendstatus.store.jdbc.Reads;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code check}: whether messages are stored as their events say, beside a running server or without one. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Recomputes every message from its events and compares it with what is stored; checks SQLite's file itself as well.",
            "It only reads. The exit code is 1 if anything differs or is damaged."
        },
        footer = {"", "Example:", "  sendstatus check"})
final class CheckCommand implements Callable<Integer> {
    private static final int STEPS = 1_000;
    private static final int SHOWN = 20;

    private final CliContext context;
    private long found;

    CheckCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, StoreException, CommandFailed {
        long checked;
        try (Reads reads = OpenReads.of(context.configuration())) {
            Consistency consistency = reads.consistency();
            try (ProgressLine progress = ProgressLine.of(context.terminal(), "messages", STEPS)) {
                while (consistency.more()) {
                    show(consistency.next());
                    progress.at(Math.round(consistency.progress() * STEPS));
                }
            }
            checked = consistency.checked();
            try (ProgressLine progress = ProgressLine.counting(context.terminal(), "file", "")) {
                progress.at(0);
                for (String damage : consistency.damage()) {
                    show("the database's file: " + damage);
                }
            }
        }
        return summary(checked);
    }

    private void show(List<Difference> differences) {
        for (Difference difference : differences) {
            show(difference.toString());
        }
    }

    private void show(String line) {
        found++;
        if (found <= SHOWN) {
            context.out().println(line);
        }
    }

    private int summary(long checked) {
        String messages = checked == 1 ? "1 message" : checked + " messages";
        if (found == 0) {
            context.out().println(messages + " checked: all are stored as their events say.");
            return 0;
        }
        if (found > SHOWN) {
            context.out().println("… and " + (found - SHOWN) + " more.");
        }
        context.err()
                .println(messages + " checked, " + found + (found == 1 ? " fault" : " faults")
                        + " found. If nobody changed rows by hand and the disk is sound, please report it. Make a backup before"
                        + " anything else; the last sound one can be restored.");
        return 1;
    }
}
