package dev.sendstatus.cli;

import dev.sendstatus.app.ApiToken;
import dev.sendstatus.config.AccountConfiguration;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.ingest.CallbackReader;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.retention.RestingPace;
import dev.sendstatus.retention.SimulationUndo;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.text.Figures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends correctly signed callbacks of the configured accounts to a running server. */
@Command(
        name = "simulate",
        description = {
            "Sends correctly signed callbacks of the configured accounts, in realistic mixes, to a running server.",
            "Failed if one is not acknowledged with 200 in the end, or if a forged one is.",
            "The server counts these messages like real ones, for as long as retention.messages says: use a database to throw away."
                    + " Their ids begin with simulated-; with --register their campaign is simulation."
        },
        footer = {
            "  sendstatus simulate --provider bandwidth --messages 200",
            "  sendstatus simulate --messages 200 --register",
            "  sendstatus simulate --undo"
        })
final class SimulateCommand extends BaseCommand {
    private static final String ALL = "all";
    private static final Duration AGE = Duration.ofMinutes(1);

    @Option(names = "--provider", paramLabel = "NAME", description = "One provider, or all (${DEFAULT-VALUE}).")
    private String provider = ALL;

    @Option(names = "--messages", paramLabel = "N", description = "How many messages (${DEFAULT-VALUE}).")
    private long messages = 1_000;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "0",
            description = "Callbacks per second; 0 for as fast as possible (${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--url",
            paramLabel = "U",
            description = "Where the server is; without it, where the configuration says.")
    private @Nullable String url;

    @Option(
            names = "--faults",
            paramLabel = "F",
            defaultValue = Faults.DEFAULT,
            converter = Faults.Converter.class,
            description = "Shares of what goes wrong, or none (${DEFAULT-VALUE}).")
    private Faults faults = new Faults(0, 0, 0, 0, 0);

    @Option(names = "--inbound", paramLabel = "S", description = "Share of inbound messages (${DEFAULT-VALUE}).")
    private double inbound = 0.1;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Makes the same run again; without it, another one each time.")
    private @Nullable Long seed;

    @Option(names = "--concurrency", paramLabel = "N", description = "Callbacks under way at once (${DEFAULT-VALUE}).")
    private int concurrency = 32;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description = "How long a callback that gets 503 or no answer is sent again (${DEFAULT-VALUE}).")
    private long patienceSeconds = 60;

    @Option(
            names = "--register",
            description =
                    "Registers the sends as well, in the campaign simulation, as a little older than stuck.threshold:"
                            + " those that get no end are stuck at once, also those without any callback.")
    private boolean register;

    @Option(
            names = "--undo",
            description =
                    "Sends nothing: removes all simulated messages and their raw callbacks from the configured database,"
                            + " beside a running server too. Counts of codes, refusals and callbacks an hour, and kept reports stay.")
    private boolean undo;

    @Option(names = "--yes", description = "Sends them to a server that is not on this host, too.")
    private boolean yes;

    @Option(names = "--json", description = "Prints the result as JSON.")
    private boolean json;

    @Override
    public Integer call() throws CommandFailed, StoreException, InterruptedException {
        checkOptions();
        Configuration configuration = configuration();
        if (undo) {
            return undo(configuration);
        }
        HttpUrl server = server(configuration);
        check(
                yes || isOnThisHost(server),
                server.host()
                        + " is not this host, and would count simulated messages among its real ones: give --yes if"
                        + " that is meant");
        long runSeed = seed == null ? context().clock().millis() : seed;
        SplittableRandom random = new SplittableRandom(runSeed);
        List<CallbackSender> senders = senders(configuration, random);
        SimulatedSends sends = register ? new SimulatedSends(server, token(configuration)) : null;
        SimulatedTraffic traffic = new SimulatedTraffic(
                senders,
                messages,
                faults,
                inbound,
                random,
                context().clock(),
                age(configuration, senders),
                configuration.unconfirmedStatus(),
                sends);
        long start = System.nanoTime();
        run(traffic, sends, server, start);
        Map<Provider, SimulatedFigures> figures = new TreeMap<>();
        senders.forEach(sender -> figures.put(sender.account().provider(), sender.figures()));
        SimulationReport report = new SimulationReport(
                runSeed, (System.nanoTime() - start) / 1e9, sends == null ? 0 : sends.registered(), figures);
        if (json) {
            print(report.document());
        } else {
            say(report.table(context().screen()));
        }
        return report.good() ? 0 : 1;
    }

    private int undo(Configuration configuration) throws CommandFailed, StoreException, InterruptedException {
        check(
                url == null,
                "--undo works on the database that is configured here, not on a server: leave --url out, and run it where"
                        + " that server is");
        SimulationUndo.Removed removed;
        try (Reads reads = reads(configuration);
                Store store = store(configuration)) {
            removed = new SimulationUndo(
                            store,
                            reads,
                            new CallbackReader(context().adapters()),
                            SimulatedTraffic.MARK,
                            new RestingPace())
                    .run();
        }
        if (json) {
            print(JSON.objectNode().put("messages", removed.messages()).put("raw_callbacks", removed.rawCallbacks()));
        } else {
            say("Removed: " + Figures.messages(removed.messages()) + " and " + Figures.number(removed.rawCallbacks())
                    + " raw callbacks of them.");
        }
        return 0;
    }

    /** Messages are a minute old. Registered ones have waited long enough to be stuck. */
    private Duration age(Configuration configuration, List<CallbackSender> senders) {
        StuckLimits limits = configuration.stuck().limits();
        Duration threshold = senders.stream()
                .map(sender -> limits.thresholdOf(sender.account()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return register ? threshold.plus(AGE) : AGE;
    }

    private static String token(Configuration configuration) throws CommandFailed {
        try {
            String token = ApiToken.existing(configuration);
            if (token != null) {
                return token;
            }
        } catch (IOException e) {
            throw new CommandFailed(
                    "The server's API token cannot be read: set SENDSTATUS_API_TOKEN, or run this as the"
                            + " user who started the server.");
        }
        throw new CommandFailed(
                "--register needs the server's API token: set SENDSTATUS_API_TOKEN, or start the server,"
                        + " which makes one.");
    }

    /** A name counts where it leads to. */
    private static boolean isOnThisHost(HttpUrl server) {
        try {
            return InetAddress.getByName(server.host()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private void run(SimulatedTraffic traffic, @Nullable SimulatedSends sends, HttpUrl server, long start)
            throws CommandFailed, InterruptedException {
        try (CallbackPost post = new CallbackPost(
                        server,
                        concurrency,
                        Duration.ofSeconds(patienceSeconds),
                        context().clock());
                ProgressLine progress = progress("Messages", messages)) {
            for (long sent = 0; traffic.hasNext(); sent++) {
                if (rate > 0) {
                    long ahead = (long) (sent * 1e9 / rate) - (System.nanoTime() - start);
                    post.nothingAnswers(Duration.ofNanos(Math.max(0, ahead)));
                }
                if (!post.send(traffic.next())) {
                    throw new CommandFailed("Nothing answers at " + server + ": start the server with "
                            + context().program() + " serve, or name another one with --url");
                }
                progress.at(traffic.started());
                if (sends != null) {
                    sends.registerIfMany();
                }
            }
            if (sends != null) {
                sends.register();
            }
            post.finish();
        }
    }

    private void checkOptions() {
        check(messages >= 1, "--messages takes a number of at least 1");
        check(rate >= 0, "--rate takes a number of callbacks per second, or 0");
        check(inbound >= 0 && inbound <= 1, "--inbound takes a share from 0 to 1");
        check(concurrency >= 1 && concurrency <= 1000, "--concurrency takes a number from 1 to 1000");
        check(patienceSeconds >= 0, "--patience takes a number of seconds");
        requireProvider("--provider", provider, ALL);
    }

    private void check(boolean good, String message) {
        if (!good) {
            throw wrongUsage(message);
        }
    }

    private HttpUrl server(Configuration configuration) {
        String host = configuration.http().host();
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        String text = url == null
                ? "http://" + (everywhere ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host) + ":"
                        + configuration.http().port()
                : url;
        HttpUrl server = HttpUrl.parse(text);
        if (server == null) {
            throw wrongUsage("--url takes a URL like http://127.0.0.1:8080");
        }
        return server;
    }

    private List<CallbackSender> senders(Configuration configuration, SplittableRandom random) throws CommandFailed {
        List<CallbackSender> senders = new ArrayList<>();
        StringBuilder obstacles = new StringBuilder();
        String publicUrl = configuration.http().publicUrl().toString();
        for (ProviderAdapter<?> adapter : context().adapters()) {
            SimulatedFigures figures = new SimulatedFigures();
            for (AccountConfiguration account : configuration.accounts()) {
                if (!account.name().provider().equals(adapter.provider()) || !isMeant(account.name())) {
                    continue;
                }
                CallbackSender sender = new CallbackSender(adapter, account, publicUrl, random, figures);
                String obstacle = sender.obstacle(random, now());
                if (obstacle == null) {
                    senders.add(sender);
                } else {
                    obstacles.append("\n  " + account.name() + ": " + obstacle);
                }
            }
        }
        if (senders.isEmpty()) {
            configuration.off().stream()
                    .filter(off -> isMeant(off.name()))
                    .forEach(off -> obstacles.append("\n  " + off.name() + " is off; " + off.remedy()));
            throw new CommandFailed("No account can be simulated." + obstacles);
        }
        if (!obstacles.isEmpty()) {
            note("Left out:" + obstacles);
        }
        return senders;
    }

    private boolean isMeant(AccountName account) {
        return provider.equals(ALL) || provider.equals(account.provider().word());
    }
}
