package dev.sendstatus.app;

import dev.sendstatus.cli.Cli;
import dev.sendstatus.cli.CliContext;
import dev.sendstatus.cli.Confirmation;
import dev.sendstatus.store.DatabaseSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** A command beside a server, or without one. @param out what it printed @param err what it said of that */
record Command(int code, String out, String err) {

    static Command run(Path home, DatabaseSettings database, String... arguments) {
        Map<String, String> environment = new HashMap<>();
        environment.put("SENDSTATUS_DATABASE_URL", database.url());
        if (database.user() != null) {
            environment.put("SENDSTATUS_DATABASE_USER", database.user());
        }
        if (database.password() != null && !database.password().isEmpty()) {
            environment.put("SENDSTATUS_DATABASE_PASSWORD", database.password());
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CliContext context = new CliContext(
                Adapters.all(),
                environment,
                "sendstatus",
                home,
                home,
                System.in,
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Clock.systemUTC(),
                CliContext.Terminal.NONE,
                Confirmation.at(CliContext.Terminal.NONE));
        int code = Cli.run(context, arguments);
        return new Command(code, out.toString(), err.toString());
    }
}
