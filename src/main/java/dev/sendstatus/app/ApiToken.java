package dev.sendstatus.app;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.store.SafeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The token of the API where none is configured: made at the first start, kept in the data directory for its owner only. */
public final class ApiToken {
    private static final Logger LOG = LoggerFactory.getLogger(ApiToken.class);
    private static final String FILE = "api-token";
    private static final int BYTES = 24;

    private ApiToken() {}

    /** Reads the token, making it first if there is none. */
    static String in(Path dataDirectory) throws IOException {
        Path file = dataDirectory.resolve(FILE);
        SafeFiles.createFolderForOwner(dataDirectory);
        if (SafeFiles.createForOwner(file)) {
            Files.writeString(file, newToken() + "\n");
            LOG.info("made an API token; it is in {}", file.toAbsolutePath());
        } else {
            LOG.info("the API token is in {}", file.toAbsolutePath());
        }
        String token = Files.readString(file, StandardCharsets.UTF_8).strip();
        if (token.isEmpty()) {
            throw new IOException("the file " + file.toAbsolutePath() + " holds no token: delete it, and one is made");
        }
        return token;
    }

    /** The token that is configured, or that a server has made; null if there is none. */
    public static @Nullable String existing(Configuration configuration) throws IOException {
        Path file = file(configuration);
        if (configuration.apiToken() != null || !Files.exists(file)) {
            return configuration.apiToken();
        }
        return Files.readString(file, StandardCharsets.UTF_8).strip();
    }

    /** The file of a token that is not configured. It may not be there. */
    public static Path file(Configuration configuration) {
        return configuration.dataDirectory().resolve(FILE);
    }

    private static String newToken() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
