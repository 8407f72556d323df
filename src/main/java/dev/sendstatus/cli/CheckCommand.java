package dev.sendstatus.cli;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Consistency;
import dev.sendstatus.store.jdbc.Reads;
import picocli.CommandLine.Command;

/** {@code check}: whether messages are stored as their events say, beside a running server or without one. */
@Command(
        name = "check",
        description = {
            "Recomputes every message from its events and compares it with what is stored; checks SQLite's file itself as well.",
            "It only reads. The exit code is 1 if anything differs or is damaged."
        },
        footer = "  sendstatus check")
final class CheckCommand extends BaseCommand {
    private static final int SHOWN = 20;

    private long found;

    @Override
    public Integer call() throws StoreException, CommandFailed {
        long checked;
        try (Reads reads = reads(configuration())) {
            Consistency consistency = reads.consistency();
            try (ProgressLine progress = progress("messages", ProgressLine.STEPS)) {
                while (consistency.more()) {
                    consistency.next().forEach(difference -> show(difference.toString()));
                    progress.share(consistency.progress());
                }
            }
            checked = consistency.checked();
            try (ProgressLine progress = counting("file", "")) {
                progress.at(0);
                for (String damage : consistency.damage()) {
                    show("the database's file: " + damage);
                }
            }
        }
        return summary(checked);
    }

    private void show(String line) {
        found++;
        if (found <= SHOWN) {
            say(line);
        }
    }

    private int summary(long checked) {
        String messages = checked == 1 ? "1 message" : checked + " messages";
        if (found == 0) {
            say(messages + " checked: all are stored as their events say.");
            return 0;
        }
        if (found > SHOWN) {
            say("… and " + (found - SHOWN) + " more.");
        }
        note(messages + " checked, " + found + (found == 1 ? " fault" : " faults")
                + " found. If nobody changed rows by hand and the disk is sound, please report it. Make a backup before"
                + " anything else; the last sound one can be restored.");
        return 1;
    }
}
