package dev.sendstatus.cli;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.ConfigurationLoader;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.text.Table;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The surroundings of a command.
 *
 * @param workingDirectory where the user is: paths in arguments are relative to it
 * @param program how the user calls the program: {@code sendstatus}, or the launcher's path
 * @param home the folder of {@code config/} and {@code data/}
 * @param in the standard input
 * @param out the answer of the command
 * @param err everything else
 * @param terminal which of the two a person is watching
 * @param confirmation asks that person
 */
public record CliContext(
        List<ProviderAdapter<?>> adapters,
        Map<String, String> environment,
        String program,
        Path workingDirectory,
        Path home,
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        Clock clock,
        Terminal terminal,
        Confirmation confirmation) {

    /**
     * @param colours on the output
     * @param progress a bar on the error stream
     * @param columns how wide the output is; 0 where it is none, or not known
     * @param piped whether the output is a pipe, whose reader may have enough before its end
     */
    public record Terminal(boolean colours, boolean progress, int columns, boolean piped) {
        public static final Terminal NONE = new Terminal(false, false, 0, false);

        /** Whether the output is a terminal. */
        boolean isWatched() {
            return colours || columns > 0;
        }
    }

    public CliContext {
        adapters = List.copyOf(adapters);
        environment = Map.copyOf(environment);
    }

    /**
     * Of this process. The launcher says by properties where the program's home is and which streams are terminals, which
     * Java cannot find out for each stream by itself.
     */
    public static CliContext ofProcess(List<ProviderAdapter<?>> adapters) {
        Path working = Path.of("").toAbsolutePath();
        String home = System.getProperty("sendstatus.home", "");
        Terminal terminal = new Terminal(
                Boolean.getBoolean("sendstatus.colours"),
                Boolean.getBoolean("sendstatus.progress"),
                Integer.getInteger("sendstatus.columns", 0),
                Boolean.getBoolean("sendstatus.piped"));
        return new CliContext(
                adapters,
                System.getenv(),
                System.getProperty("sendstatus.program", "sendstatus"),
                working,
                home.isEmpty() ? working : Path.of(home).toAbsolutePath(),
                System.in,
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                Clock.systemUTC(),
                terminal,
                Confirmation.at(terminal));
    }

    /** Texts hold ellipses and names in UTF-8, whatever the locale of a service is. */
    private static PrintWriter writer(FileDescriptor stream) {
        return new PrintWriter(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
    }

    Table.Screen screen() {
        return new Table.Screen(terminal.columns(), terminal.colours());
    }

    /** Prints a table on the output, to fit the terminal. */
    void print(Table table) {
        out.print(table.text(screen()));
    }

    public Configuration configuration() throws InvalidConfiguration {
        return new ConfigurationLoader(adapters, environment, workingDirectory, home).load();
    }
}
