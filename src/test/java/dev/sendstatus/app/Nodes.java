package dev.sendstatus.app;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.ConfigurationLoader;
import dev.sendstatus.store.DatabaseSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Whole servers within the test's process, with the Bandwidth account and the token of {@link ServerProcess}. */
final class Nodes {
    private Nodes() {}

    /** @param home its folder; made where it is missing */
    static Application start(Path home, DatabaseSettings database) throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put("SENDSTATUS_HTTP_PORT", "0");
        environment.put("SENDSTATUS_API_TOKEN", ServerProcess.TOKEN);
        environment.put("BANDWIDTH_CALLBACK_USERNAME", ServerProcess.USER);
        environment.put("BANDWIDTH_CALLBACK_PASSWORD", ServerProcess.PASSWORD);
        environment.put("SENDSTATUS_DATABASE_URL", database.url());
        if (database.user() != null) {
            environment.put("SENDSTATUS_DATABASE_USER", database.user());
        }
        Configuration configuration =
                new ConfigurationLoader(Adapters.all(), environment, Files.createDirectories(home)).load();
        return new Application(configuration, Adapters.all(), InstantSource.system());
    }

    static URI uri(Application node, String path) {
        return URI.create("http://127.0.0.1:" + node.port() + path);
    }
}
