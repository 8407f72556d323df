package dev.sendstatus.cli;

import dev.sendstatus.app.ApiToken;
import dev.sendstatus.app.Application;
import dev.sendstatus.app.SoleServer;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.store.StoreException;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}: the server, until it is told to stop. */
@Command(
        name = "serve",
        description = "Runs the server. SIGTERM or Ctrl-C stops it after what was taken is stored and answered.",
        footer = {
            "  sendstatus serve",
            "  sendstatus serve --background",
            "",
            "Its configuration: sendstatus config check. The URLs for the providers: sendstatus webhooks list"
        })
final class ServeCommand extends BaseCommand {
    private static final String LOG = "server.log";

    @Option(
            names = BackgroundServer.OPTION,
            description =
                    "Start it in a process of its own and end once it is ready. Its log is server.log in the data folder.")
    private boolean background;

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
        Configuration configuration = configuration();
        if (background) {
            startInBackground(configuration);
            return 0;
        }
        Application application = start(configuration);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            application.close();
                            stopped.countDown();
                        },
                        "stop"));
        sayReady("http://" + configuration.http().host() + ":" + application.port(), configuration);
        context().out().flush();
        stopped.await();
        return 0;
    }

    private void startInBackground(Configuration configuration) throws CommandFailed, InterruptedException {
        Path log = configuration.dataDirectory().resolve(LOG);
        try {
            SoleServer.refuseSecond(configuration);
            BackgroundServer server = BackgroundServer.start(log);
            String address = server.await();
            sayReady(address, configuration);
            sayDashboard(address, configuration);
            configuration.warnings().forEach(warning -> say("Warning: " + warning));
            say("Its log: " + log);
            say("Stop it: kill " + server.pid());
        } catch (SoleServer.Taken e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            throw cannotOpen(e);
        } catch (IOException e) {
            throw new CommandFailed("The server cannot be started in the background: " + FileTrouble.said(e));
        }
    }

    private void sayReady(String address, Configuration configuration) {
        say(BackgroundServer.READY + address);
        if (configuration.accounts().isEmpty()) {
            say("No provider is switched on yet. To switch one on, set its variables and start again:");
            configuration.off().forEach(off -> say("  " + off.name().provider() + ": " + off.remedy()));
        } else {
            say("URLs for the providers: " + context().program() + " webhooks list");
        }
    }

    /** A link that signs in is shown to a person only, and never with a token that was configured. */
    private void sayDashboard(String address, Configuration configuration) throws IOException {
        if (configuration.apiToken() != null) {
            say("Dashboard: " + address + ", to sign in with api.token (SENDSTATUS_API_TOKEN)");
            return;
        }
        say("Dashboard: " + address
                + (context().terminal().isWatched() ? "/ui/sign-in#token=" + ApiToken.existing(configuration) : ""));
        say("Token of the API and the dashboard: " + ApiToken.file(configuration));
    }

    private static CommandFailed cannotOpen(StoreException e) {
        return new CommandFailed("The database cannot be opened: " + e.getMessage()
                + "\nSet database.url in the configuration, or mend what is in its way.");
    }

    private static String root(Throwable failure) {
        return failure.getCause() == null ? String.valueOf(failure.getMessage()) : root(failure.getCause());
    }

    private Application start(Configuration configuration) throws CommandFailed {
        try {
            return new Application(
                    configuration, context().adapters(), context().clock());
        } catch (SoleServer.Taken e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            throw cannotOpen(e);
        } catch (IOException e) {
            throw new CommandFailed("The API token cannot be kept: " + FileTrouble.said(e)
                    + "\nSet api.token (SENDSTATUS_API_TOKEN), or mend what is in its way.");
        } catch (JavalinBindException e) {
            throw new CommandFailed(
                    "Nothing can listen on " + configuration.http().host() + ":"
                            + configuration.http().port() + ": " + root(e)
                            + "\nStop what listens there, or set http.port (SENDSTATUS_HTTP_PORT).");
        }
    }
}
