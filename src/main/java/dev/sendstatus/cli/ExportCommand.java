package dev.sendstatus.cli;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.query.ExportFormat;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.query.MessageExport;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.StoreException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code export}: all messages that match, as CSV or JSONL, beside a running server or without one. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Writes the messages that match, the newest first, as they are at one moment.",
            "CSV has a row for each recipient, JSONL a line for each message, the API's document of it."
        })
final class ExportCommand implements Callable<Integer> {
    /** How often it is asked whether whoever reads the output is still there. */
    private static final int LOOK_EVERY = 1_000;

    private final CliContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final FilterOptions filters = new FilterOptions();

    @Option(names = "--format", paramLabel = "csv|jsonl", description = "Default: by the name of the file, else csv.")
    private @Nullable String format;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write to that file instead of the output; it is there once all is in it.")
    private @Nullable Path out;

    ExportCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, StoreException, CommandFailed {
        ExportFormat chosen = format();
        Configuration configuration = context.configuration();
        Instant now = context.clock().instant();
        MessageExport export = new MessageExport(
                new MessageDocument(configuration.unconfirmedStatus(), configuration.catalogue()),
                configuration.stuck().limits(),
                now);
        try (Reads reads = OpenReads.of(configuration);
                MessageScan scan = reads.scan(filters.filter(spec.commandLine(), configuration, reads, now))) {
            if (out == null) {
                toOutput(export, scan, chosen);
            } else {
                toFile(export, scan, chosen, context.workingDirectory().resolve(out));
            }
        }
        return 0;
    }

    private ExportFormat format() {
        if (format == null) {
            String name = out == null ? "" : out.toString().toLowerCase(Locale.ROOT);
            return name.endsWith(".jsonl") || name.endsWith(".ndjson") ? ExportFormat.JSONL : ExportFormat.CSV;
        }
        return ExportFormat.of(format)
                .orElseThrow(() ->
                        new ParameterException(spec.commandLine(), "--format is csv or jsonl, not " + format + "."));
    }

    private void toOutput(MessageExport export, MessageScan scan, ExportFormat chosen)
            throws StoreException, CommandFailed {
        PrintWriter output = context.out();
        try {
            write(export, scan, chosen, new BufferedWriter(output), count -> {
                if (count % LOOK_EVERY == 0 && output.checkError()) {
                    throw new IOException("nobody reads the output any more");
                }
            });
        } catch (IOException e) {
            throw new CommandFailed("The export was not finished: " + e.getMessage() + ".");
        }
    }

    /** First under another name, so that nobody takes a part for the whole, and an export that fails leaves an older file alone. */
    private void toFile(MessageExport export, MessageScan scan, ExportFormat chosen, Path file)
            throws StoreException, CommandFailed {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        boolean made = false;
        try {
            Files.createFile(part);
            made = true;
            long count;
            try (Writer text = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
                count = write(export, scan, chosen, text, written -> {});
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            made = false;
            context.err().println(count + (count == 1 ? " message" : " messages") + " in " + file);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailed(
                    part + " is there already: another export writes it, or one was cut short. Delete it then.");
        } catch (IOException e) {
            throw new CommandFailed(file + " cannot be written: " + e.getMessage());
        } finally {
            if (made) {
                delete(part);
            }
        }
    }

    private void delete(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            context.err().println(part + " is left and cannot be deleted: " + e.getMessage());
        }
    }

    private long write(
            MessageExport export, MessageScan scan, ExportFormat chosen, Writer text, MessageExport.Watcher watcher)
            throws StoreException, IOException {
        try (Progress bar = Progress.counting(context.terminal(), "export", " messages")) {
            return export.write(scan, chosen, text, count -> {
                watcher.written(count);
                if (count % LOOK_EVERY == 0) {
                    double part = scan.progress();
                    bar.of(part > 0 ? Math.round(count / part) : count);
                    bar.at(count);
                }
            });
        }
    }
}
