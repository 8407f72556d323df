package dev.sendstatus.cli;

import dev.sendstatus.store.StoreException;
import java.io.BufferedWriter;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** The place that {@code --out} names: the command's output, a device or pipe as it is, or a file that is there once all is in it. */
final class Output {
    /** As many as Linux follows. */
    private static final int MOST_LINKS = 40;

    private final CliContext context;
    private final @Nullable Path file;

    /** Writes the content. @param <T> the result, as the number of messages */
    @FunctionalInterface
    interface Content<T> {
        T write(Writer out) throws IOException, StoreException;
    }

    /** @param out the option {@code --out}; {@code -} and null are the output */
    Output(CliContext context, @Nullable Path out) {
        this.context = context;
        this.file = out == null || out.toString().equals("-")
                ? null
                : context.workingDirectory().resolve(out);
    }

    /** Whether it is the command's output, of which the end of the command says whether it was taken. */
    boolean isStandard() {
        return file == null;
    }

    @Override
    public String toString() {
        return file == null ? "the output" : file.toString();
    }

    <T> T write(Content<T> content) throws StoreException, CommandFailed {
        try {
            if (file == null) {
                // Not closed: the output is there until the end of the process.
                Writer out = watched(context.out());
                T told = content.write(out);
                out.flush();
                return told;
            }
            if (Files.isDirectory(file)) {
                throw new CommandFailed(file + " is a folder: name a file in it.");
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                return into(file, content);
            }
            return replacing(target(file), part -> into(part, content));
        } catch (IOException e) {
            throw new CommandFailed(this + " cannot be written: " + FileTrouble.said(e));
        }
    }

    /** Fills a file itself. @param <T> the result */
    @FunctionalInterface
    interface FileContent<T> {
        T write(Path file) throws IOException, StoreException;
    }

    /** Writes content that no stream takes: only a regular file, or one that is not there yet, will do. */
    <T> T file(FileContent<T> content) throws StoreException, CommandFailed {
        if (file == null || Files.exists(file) && !Files.isRegularFile(file)) {
            throw new CommandFailed(this + " is no file: name one with --out.");
        }
        try {
            return replacing(target(file), content);
        } catch (IOException e) {
            throw new CommandFailed(this + " cannot be written: " + FileTrouble.said(e));
        }
    }

    /** The output, which fails when nobody takes it any more, as after {@code | head}. */
    static Writer watched(PrintWriter output) {
        return new BufferedWriter(new FilterWriter(output) {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                super.write(text, from, length);
                if (output.checkError()) {
                    throw new IOException("nobody reads the output any more");
                }
            }
        });
    }

    private static <T> T into(Path file, Content<T> content) throws IOException, StoreException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            return content.write(out);
        }
    }

    /** First under another name, so that nobody takes a part for the whole, and a failure leaves an older file alone. */
    private <T> T replacing(Path target, FileContent<T> content) throws IOException, StoreException, CommandFailed {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.createFile(part);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailed(
                    part + " is there already: another command writes it, or one was cut short. Delete it then.");
        }
        boolean moved = false;
        try {
            T told = content.write(part);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            moved = true;
            return told;
        } finally {
            if (!moved) {
                delete(part);
            }
        }
    }

    /** The file that a link leads to, be it there or not: the link stays. */
    static Path target(Path file) throws IOException {
        Path target = file;
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MOST_LINKS) {
                throw new IOException("its links lead in a circle");
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return target;
    }

    private void delete(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            context.err().println(part + " is left and cannot be deleted: " + FileTrouble.said(e));
        }
    }
}
