package dev.sendstatus.cli;

import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.text.Figures;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alerts silence ID --until T}. */
@Command(
        name = "silence",
        description = "Has nobody told of an alert until a time. If it still fires then, it is told.",
        footer = {
            "  sendstatus alerts silence 17 --until 4h",
            "  sendstatus alerts silence 17 --until 2026-12-01 --comment \"known\""
        })
final class AlertsSilenceCommand extends BaseCommand {
    @Parameters(paramLabel = "ID", description = "The alert's number; alerts list shows them.")
    private long id;

    @Option(
            names = "--until",
            required = true,
            paramLabel = "TIME",
            description = "A time to come: 2026-12-01T08:00:00Z, 2026-12-01 (its end, in UTC), or from now on 4h, 7d.")
    private String until = "";

    @Option(names = "--comment", paramLabel = "TEXT", description = "Why; the list shows it.")
    private @Nullable String comment;

    @Override
    public Integer call() throws StoreException, CommandFailed, WrongParameter {
        Instant end = Times.ahead("--until", until, now());
        try (Store store = store(configuration())) {
            if (!store.alerts().silence(id, end, comment)) {
                throw new CommandFailed(
                        "No alert of the number " + id + " fires or is pending: sendstatus alerts list");
            }
        }
        say("Nobody is told of alert " + id + " until " + Figures.time(end) + ".");
        return 0;
    }
}
