package dev.sendstatus.alert;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches a URL, so that others notice when this stops. Its path is a secret, and never logged. One thread. */
final class Heartbeat {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LOGGED_EVERY = Duration.ofHours(1);

    private final @Nullable URI url;
    private final InstantSource clock;
    private final OkHttpClient client;

    private Instant logged = Instant.EPOCH;
    private boolean failing;

    /** @param url null if nobody waits for it */
    Heartbeat(@Nullable URI url, InstantSource clock) {
        this.url = url;
        this.clock = clock;
        this.client = new OkHttpClient.Builder().callTimeout(TIMEOUT).build();
    }

    void beat() {
        if (url == null) {
            return;
        }
        Request request = new Request.Builder().url(url.toString()).build();
        try (Response answer = client.newCall(request).execute()) {
            if (answer.isSuccessful()) {
                if (failing) {
                    LOG.info("the heartbeat reaches {} again", url.getHost());
                }
                failing = false;
                return;
            }
            failed("HTTP " + answer.code());
        } catch (IOException e) {
            // Its message may hold the URL.
            failed(e.getClass().getSimpleName());
        }
    }

    private void failed(String how) {
        failing = true;
        Instant now = clock.instant();
        if (!logged.plus(LOGGED_EVERY).isAfter(now)) {
            logged = now;
            LOG.warn(
                    "the heartbeat (alerts.heartbeat-url) does not reach {}: {}",
                    url == null ? "" : url.getHost(),
                    how);
        }
    }
}
