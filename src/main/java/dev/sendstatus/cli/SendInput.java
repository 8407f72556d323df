package dev.sendstatus.cli;

import dev.sendstatus.register.SendFile.Format;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The file of sends that a command was given.
 *
 * @param file its name; - is the standard input
 */
record SendInput(CliContext context, String file, InputStream standardInput) {

    /** Null where what is in the file tells it. @param format as it was given, null if it was not */
    @Nullable
    Format format(@Nullable String format, CommandLine line) {
        if (format == null) {
            return Format.ofName(file);
        }
        return switch (format) {
            case "csv" -> Format.CSV;
            case "jsonl", "ndjson" -> Format.JSONL;
            default -> throw new ParameterException(line, "--format is csv or jsonl.");
        };
    }

    private boolean fromStandardInput() {
        return file.equals("-");
    }

    private Path path() {
        return context.workingDirectory().resolve(file);
    }

    String named() {
        return fromStandardInput() ? "standard input" : file;
    }

    boolean exists() {
        return fromStandardInput() || Files.isReadable(path()) && !Files.isDirectory(path());
    }

    InputStream open() throws IOException, CommandFailed {
        if (!exists()) {
            throw new CommandFailed("There is no file " + path() + " that can be read.");
        }
        return fromStandardInput() ? standardInput : Files.newInputStream(path());
    }

    ProgressLine progress(String doing) throws IOException {
        return fromStandardInput()
                ? ProgressLine.counting(context.terminal(), doing, "bytes")
                : ProgressLine.of(context.terminal(), doing, Files.size(path()));
    }

    static String unreadable(IOException e) {
        return e instanceof EOFException || e instanceof ZipException
                ? "It cannot be unpacked: the file is damaged or cut short. Pack it again, or hand it in unpacked."
                : "It cannot be read: " + e.getMessage();
    }
}
