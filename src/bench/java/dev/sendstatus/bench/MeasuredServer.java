package dev.sendstatus.bench;

import dev.sendstatus.api.BenchmarkApi;
import dev.sendstatus.api.HttpServer;
import dev.sendstatus.app.Adapters;
import dev.sendstatus.app.Application;
import dev.sendstatus.app.Database;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.ConfigurationLoader;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.store.jdbc.Reads;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A process with the server as it is, and beside it, on another port, the same web server doing nothing. */
public final class MeasuredServer {
    private MeasuredServer() {}

    /** Runs until its input ends, which is also when the process that started it does. @param arguments the configuration's file */
    public static void main(String[] arguments) throws Exception {
        List<ProviderAdapter<?>> adapters = Adapters.all();
        Configuration configuration = new ConfigurationLoader(
                        adapters,
                        Map.of(ConfigurationLoader.FILE_VARIABLE, arguments[0]),
                        Path.of("").toAbsolutePath())
                .load();
        try (Application application = new Application(configuration, adapters, InstantSource.system());
                Reads reads = Reads.open(Database.of(configuration.database()).dialect());
                HttpServer noop = BenchmarkApi.server(reads).start()) {
            System.out.println(ServerProcess.LISTENING + application.port() + " " + noop.port());
            while (System.in.read() >= 0) {
                // The end is what matters.
            }
        }
    }
}
