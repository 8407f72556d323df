package dev.sendstatus.cli;

import dev.sendstatus.store.SafeFiles;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The server in a process of its own, which outlives the command that starts it and the terminal. Its output goes to a file. */
final class BackgroundServer {
    /** The option that the new process is started without. */
    static final String OPTION = "--background";

    /** The beginning of the line by which the server says where it is ready. */
    static final String READY = "Sendstatus is ready at ";

    /** The properties of the terminal that the launcher found. The new process has no terminal. */
    private static final List<String> OF_THE_TERMINAL =
            List.of("-Dsendstatus.colours", "-Dsendstatus.columns", "-Dsendstatus.progress", "-Dsendstatus.piped");

    private static final long LOOK_MILLIS = 50;
    private static final long MOST_LOOKS = 60_000 / LOOK_MILLIS;

    private final Path log;
    private final long begin;
    private final Process process;

    private BackgroundServer(Path log, long begin, Process process) {
        this.log = log;
        this.begin = begin;
        this.process = process;
    }

    /** Starts this program again. @param log what it says is added there */
    static BackgroundServer start(Path log) throws IOException, CommandFailed {
        ProcessHandle.Info self = ProcessHandle.current().info();
        // nohup: the end of the terminal does not end it.
        List<String> command = new ArrayList<>(List.of("nohup", self.command().orElse("java")));
        for (String argument : self.arguments().orElse(new String[0])) {
            if (!argument.equals(OPTION) && OF_THE_TERMINAL.stream().noneMatch(argument::startsWith)) {
                command.add(argument);
            }
        }
        if (!command.contains("serve")) {
            throw new CommandFailed("This system does not tell how the program was started: use sendstatus serve &");
        }
        SafeFiles.createFolderForOwner(SafeFiles.folder(log));
        SafeFiles.createForOwner(log);
        long begin = Files.size(log);
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new BackgroundServer(log, begin, process);
    }

    long pid() {
        return process.pid();
    }

    /** @return where it is ready */
    String await() throws IOException, InterruptedException, CommandFailed {
        for (long looks = 0; looks < MOST_LOOKS; looks++) {
            boolean ended = process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            String said = said();
            String address = address(said);
            if (address != null) {
                return address;
            }
            if (ended) {
                throw new CommandFailed("The server did not start:\n" + said.strip());
            }
        }
        process.destroy();
        throw new CommandFailed("The server was not ready after a minute and is stopped; its log is " + log + ".");
    }

    private static @Nullable String address(String said) {
        return Arrays.stream(said.split("\n"))
                .filter(line -> line.startsWith(READY))
                .map(line -> line.substring(READY.length()).strip())
                .findFirst()
                .orElse(null);
    }

    private String said() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(begin);
            byte[] bytes = new byte[(int) Math.max(0, file.length() - begin)];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
