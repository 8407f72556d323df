package dev.sendstatus.cli;

import dev.sendstatus.app.Application;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.store.StoreException;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** {@code serve}: the server, until it is told to stop. */
@Command(
        name = "serve",
        description = "Runs the server. SIGTERM or Ctrl-C stops it after what was taken is stored and answered.",
        footer = {
            "",
            "Examples:",
            "  sendstatus serve",
            "Its configuration: sendstatus config check. The URLs for the providers: sendstatus webhooks list"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ServeCommand implements Callable<Integer> {
    private final CliContext context;

    ServeCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, CommandFailed, InterruptedException {
        Configuration configuration = context.configuration();
        Application application = start(configuration);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            application.close();
                            stopped.countDown();
                        },
                        "stop"));
        context.out()
                .println("Sendstatus is ready at http://" + configuration.http().host() + ":" + application.port());
        if (configuration.accounts().isEmpty()) {
            context.out()
                    .println("No provider is switched on yet. To switch one on, set its variables and start again:");
            configuration
                    .off()
                    .forEach(off -> context.out().println("  " + off.name().provider() + ": " + off.remedy()));
        } else {
            context.out().println("URLs for the providers: sendstatus webhooks list");
        }
        context.out().flush();
        stopped.await();
        return 0;
    }

    private Application start(Configuration configuration) throws CommandFailed {
        try {
            return new Application(configuration, context.adapters(), context.clock());
        } catch (StoreException e) {
            throw new CommandFailed("The database cannot be opened: " + e.getMessage()
                    + "\nSet database.url in the configuration, or mend what is in its way.");
        } catch (IOException e) {
            throw new CommandFailed("The API token cannot be kept: " + FileTrouble.said(e)
                    + "\nSet api.token (SENDSTATUS_API_TOKEN), or mend what is in its way.");
        } catch (JavalinBindException e) {
            throw new CommandFailed(
                    "Nothing can listen on " + configuration.http().host() + ":"
                            + configuration.http().port() + ": " + e.getMessage()
                            + "\nStop what listens there, or set http.port (SENDSTATUS_HTTP_PORT).");
        }
    }
}
