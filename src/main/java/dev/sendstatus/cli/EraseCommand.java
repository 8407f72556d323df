package dev.sendstatus.cli;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.event.Written;
import dev.sendstatus.retention.NumberErasure;
import dev.sendstatus.retention.RestingPace;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Erasure.Erased;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.text.Figures;
import dev.sendstatus.text.Table;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code erase NUMBER}: beside a running server or without one. */
@Command(
        name = "erase",
        description = {
            "Removes one person's number from messages, events and raw callbacks; states and counts stay.",
            "A word takes its place, and raw callbacks that mention it are emptied. It cannot be undone. Cut short, the next run does"
                    + " the rest; a run that finds nothing changes nothing. Backups and the provider still have the number."
        },
        footer = "  sendstatus erase +12025550123")
final class EraseCommand extends JsonCommand {
    @Parameters(
            paramLabel = "NUMBER",
            arity = "1..*",
            description =
                    "The whole number with its country's code, as people write it: +12025550123, +1 (202) 555-0123."
                            + " Ten digits without one are a number of North America.")
    private List<String> number = List.of();

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() throws StoreException, CommandFailed, InterruptedException {
        PhoneNumber whole = whole(String.join(" ", number));
        Configuration configuration = configuration();
        // Also where it is not asked: erasing in a database that was never there would make one.
        try (Reads reads = reads(configuration)) {
            if (!yes && !agreed(whole, reads)) {
                return 1;
            }
        }
        Erased erased;
        try (Store store = store(configuration);
                ProgressLine progress = progress("erase", ProgressLine.STEPS)) {
            erased = new NumberErasure(store, new RestingPace()).run(whole, progress::share);
        }
        print(whole, erased);
        return erased.unreadable() == 0 && erased.waiting() == 0 ? 0 : 1;
    }

    private PhoneNumber whole(String text) {
        String why = "is no whole number: write it with its country's code, like +12025550123";
        try {
            Written.address(text);
        } catch (Written.Unusable e) {
            why = String.valueOf(e.getMessage());
        }
        String problem = "What was given " + why + ".";
        return PhoneNumber.of(text).orElseThrow(() -> wrongUsage(problem));
    }

    /** The number is shown whole, since the person who typed it must see what was understood. */
    private boolean agreed(PhoneNumber whole, Reads reads) throws StoreException {
        String number = "+" + whole.digits();
        String question = number + ": " + Figures.messages(count(reads, new MessageFilter.Builder().to(number)))
                + " to it, " + Figures.messages(count(reads, new MessageFilter.Builder().from(number)))
                + " from it. Raw callbacks, kept reports and other channels of the number (whatsapp:) are searched too.\n"
                + "Erase " + number + " for ever?";
        return agreed(
                question,
                "Nothing was erased.",
                "Nobody can be asked here, and nothing was erased: give --yes to erase " + whole.masked() + ".");
    }

    private static long count(Reads reads, MessageFilter.Builder filter) throws StoreException {
        long count = 0;
        try (MessageScan scan = reads.scan(filter.build())) {
            while (scan.next() != null) {
                count++;
            }
        }
        return count;
    }

    private void print(PhoneNumber whole, Erased erased) {
        if (json) {
            print(JSON.objectNode()
                    .put("number", whole.masked())
                    .put("messages", erased.messages())
                    .put("recipients", erased.recipients())
                    .put("raw_callbacks", erased.rawCallbacks())
                    .put("unreadable", erased.unreadable())
                    .put("waiting", erased.waiting()));
        } else if (!erased.any() && erased.waiting() == 0) {
            say(whole.masked() + " is not here.");
        } else {
            print(Table.figures("number", "messages", "recipients", "raw callbacks")
                    .row(whole.masked(), erased.messages(), erased.recipients(), erased.rawCallbacks()));
        }
        if (erased.unreadable() > 0) {
            note(erased.unreadable()
                    + " raw callbacks are damaged on disk and could not be looked through;"
                    + " retention.raw removes them in time.");
        }
        if (erased.waiting() > 0) {
            note(erased.waiting()
                    + " raw callbacks that mention it are not applied yet, and were left. Start the server where it"
                    + " is stopped, and erase again.");
        }
    }
}
