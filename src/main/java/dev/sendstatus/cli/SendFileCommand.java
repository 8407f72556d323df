package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.register.RegistrationResult;
import dev.sendstatus.register.SendAccounts;
import dev.sendstatus.register.SendFile;
import dev.sendstatus.register.SendFile.Format;
import dev.sendstatus.register.SendFile.SendSource;
import dev.sendstatus.register.SendFile.UnreadableSends;
import dev.sendstatus.register.SendPass;
import dev.sendstatus.register.SendReader;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.text.Table;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that goes over a file of sends: {@code import} and {@code unregister}. */
abstract class SendFileCommand extends JsonCommand {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String STANDARD_INPUT = "-";
    /** The number of problems that the summary in JSON lists. The error stream has all of them. */
    private static final int MOST_LISTED = 1_000;

    @Option(
            names = "--format",
            paramLabel = "csv|jsonl",
            description = "Where neither the file's name nor its first character tells it.")
    private @Nullable String format;

    private final ArrayNode problems = JSON.arrayNode();

    /** @param file its name; {@code -} is the standard input */
    boolean exists(String file) {
        return file.equals(STANDARD_INPUT) || Files.isReadable(path(file)) && !Files.isDirectory(path(file));
    }

    private Path path(String file) {
        return context().workingDirectory().resolve(file);
    }

    /**
     * Makes the pass over that file, and prints its summary.
     *
     * @param words of the summary's outcomes for a person, where they are others than the JSON's
     * @return the exit code
     */
    int pass(String file, Map<String, String> words, BiFunction<Reads, Store, SendPass> work) throws CommandFailed {
        Format known = format(file);
        Configuration configuration = configuration();
        SendReader reader = new SendReader(
                new SendAccounts(providers(configuration)), context().clock());
        String named = file.equals(STANDARD_INPUT) ? "standard input" : file;
        try (InputStream in = open(file);
                Store store = store(configuration);
                Reads reads = reads(configuration)) {
            SendSource source = SendFile.open(in, known, reader);
            SendPass pass = work.apply(reads, store);
            String broken = run(pass, source);
            ObjectNode summary = MAPPER.valueToTree(pass.summary());
            print(summary, words, broken);
            if (broken != null) {
                throw new CommandFailed(named + ", after " + summary.path("rows") + " rows: " + broken);
            }
            return summary.path("errors").asLong() == 0 ? 0 : 1;
        } catch (UnreadableSends e) {
            throw new CommandFailed(named + ": " + e.getMessage());
        } catch (IOException e) {
            throw new CommandFailed(named + ": " + unreadable(e));
        }
    }

    /** Null where the file itself tells it. */
    private @Nullable Format format(String file) {
        if (format == null) {
            return Format.ofName(file);
        }
        return switch (format) {
            case "csv" -> Format.CSV;
            case "jsonl", "ndjson" -> Format.JSONL;
            default -> throw wrongUsage("--format is csv or jsonl.");
        };
    }

    private InputStream open(String file) throws IOException, CommandFailed {
        if (!exists(file)) {
            throw new CommandFailed("There is no file " + path(file) + " that can be read.");
        }
        boolean standard = file.equals(STANDARD_INPUT);
        return ProgressLine.of(
                context().terminal(),
                spec.name(),
                standard ? -1 : Files.size(path(file)),
                standard ? context().in() : Files.newInputStream(path(file)));
    }

    /** @return what ended it before the end; null for nothing */
    private static @Nullable String run(SendPass pass, SendSource source) {
        try {
            pass.run(source);
            return null;
        } catch (IOException e) {
            return unreadable(e);
        } catch (StoreException e) {
            return "The database does not take any more: " + e.getMessage() + ". Run it again to go on from there.";
        }
    }

    private static String unreadable(IOException e) {
        return e instanceof EOFException || e instanceof ZipException
                ? "It cannot be unpacked: the file is damaged or cut short. Pack it again, or hand it in unpacked."
                : "It cannot be read: " + e.getMessage();
    }

    /** Tells of a row when it fails, since a file may hold more of them than fit into memory. */
    void failed(RegistrationResult row) {
        String id = row.id() == null ? "" : " (" + row.id() + ")";
        note("line " + row.index() + id + ": " + row.problem());
        if (problems.size() < MOST_LISTED) {
            problems.addObject().put("line", row.index()).put("id", row.id()).put("problem", row.problem());
        }
    }

    private void print(ObjectNode summary, Map<String, String> words, @Nullable String broken) {
        if (json) {
            print(summary.put("stopped", broken).set("problems", problems));
            return;
        }
        Table table = Table.figures("rows", "count");
        summary.properties().stream()
                .filter(count -> !count.getKey().equals("rows"))
                .forEach(count -> table.row(words.getOrDefault(count.getKey(), count.getKey()), count.getValue()));
        print(table);
    }
}
