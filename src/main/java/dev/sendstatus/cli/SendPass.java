package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.app.Providers;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.register.SendAccounts;
import dev.sendstatus.register.SendFile;
import dev.sendstatus.register.SendFile.Format;
import dev.sendstatus.register.SendFile.SendSource;
import dev.sendstatus.register.SendFile.UnreadableSends;
import dev.sendstatus.register.SendReader;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.text.Table;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a file of sends, as {@code import} and {@code unregister} make it, with the figures that it prints in the end.
 *
 * @param format null where the file itself tells it
 */
record SendPass(
        CliContext context, SendInput input, @Nullable Format format, boolean json) {

    /** The work on an open file. */
    @FunctionalInterface
    interface Work {
        /** @param progress called now and then @return the exit code */
        int on(SendSource source, Store store, Runnable progress) throws CommandFailed;
    }

    /** Reads to the end, or until that is impossible. */
    @FunctionalInterface
    interface Rows {
        void run() throws IOException, StoreException;
    }

    /** A number of rows. @param key in JSON @param words for a person */
    record Count(String key, String words, long rows) {}

    /** @param rows of all @param done by what became of them */
    record Summary(long rows, List<Count> done, long errors) {}

    /** @param doing as the progress bar names it @return the exit code */
    int open(String doing, Configuration configuration, Work work) throws CommandFailed {
        SendReader reader = new SendReader(
                new SendAccounts(Providers.configured(configuration, context.adapters())), context.clock());
        try (CountedInput in = new CountedInput(input.open());
                Store store = OpenStore.of(configuration);
                ProgressLine bar = input.progress(doing)) {
            return work.on(SendFile.open(in, format, reader), store, () -> bar.at(in.count()));
        } catch (UnreadableSends e) {
            throw new CommandFailed(input.named() + ": " + e.getMessage());
        } catch (IOException e) {
            throw new CommandFailed(input.named() + ": " + SendInput.unreadable(e));
        }
    }

    /**
     * @param summary asked for at the end, and where the file or the database ended it before
     * @param more added to the JSON, by its key
     * @return the exit code
     */
    int run(Rows rows, Supplier<Summary> summary, ObjectNode more) throws CommandFailed {
        String broken = null;
        try {
            rows.run();
        } catch (IOException e) {
            broken = SendInput.unreadable(e);
        } catch (StoreException e) {
            broken = "The database does not take any more: " + e.getMessage() + ". Run it again to go on from there.";
        }
        Summary done = summary.get();
        if (json) {
            print(done, broken, more);
        } else {
            Table table = Table.figures("rows", "count");
            done.done().forEach(count -> table.row(count.words(), count.rows()));
            context.print(table.row("errors", done.errors()));
        }
        if (broken != null) {
            throw new CommandFailed(input.named() + ", after " + done.rows() + " rows: " + broken);
        }
        return done.errors() == 0 ? 0 : 1;
    }

    private void print(Summary summary, @Nullable String broken, ObjectNode more) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("rows", summary.rows());
        summary.done().forEach(count -> node.put(count.key(), count.rows()));
        node.put("errors", summary.errors());
        node.put("stopped", broken);
        context.out().println(node.setAll(more).toPrettyString());
    }
}
