package dev.sendstatus.provider.rest;

import dev.sendstatus.provider.ApiFailed;
import dev.sendstatus.provider.ApiSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Single calls that are worth waiting for: one that was turned away with 429 was not processed, and is made again when the
 * provider says. Anything else that is not a success is told as a failure. One thread.
 */
public final class PoliteCalls {
    private static final int MOST_TRIES = 5;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration USUAL_WAIT = Duration.ofSeconds(2);

    private final RestClient client;
    private final InstantSource clock;
    private final Pause pause;

    /** Waits that long. */
    @FunctionalInterface
    interface Pause {
        void pause(Duration time) throws InterruptedException;
    }

    /** As an account's provider is asked; waits on the calling thread. */
    public PoliteCalls(ApiSettings api) {
        this(new RestClient(api.timeout()), api.clock(), time -> Thread.sleep(time.toMillis()));
    }

    PoliteCalls(RestClient client, InstantSource clock, Pause pause) {
        this.client = client;
        this.clock = clock;
        this.pause = pause;
    }

    /** @param remedy which settings to look at if the credentials are refused; @return the body of a success */
    public byte[] get(HttpUrl url, ApiCredentials credentials, String remedy) throws ApiFailed {
        return call("GET", url, credentials, null, remedy);
    }

    /** A call that changes something, as {@link #get}. Never for a message. */
    public byte[] call(
            String method, HttpUrl url, ApiCredentials credentials, RestClient.@Nullable Content content, String remedy)
            throws ApiFailed {
        for (int tries = 1; ; tries++) {
            RestAnswer answer = client.call(method, url, credentials, content);
            if (answer instanceof RestAnswer.Lost lost) {
                throw new ApiFailed(lost.why() + ": nothing is known of the request; try again");
            }
            RestAnswer.Answered answered = (RestAnswer.Answered) answer;
            int status = answered.status();
            if (status >= 200 && status < 300) {
                return answered.body();
            }
            if (status != 429 || tries == MOST_TRIES) {
                throw new ApiFailed(explained(method, url, status, remedy));
            }
            await(answered, url);
        }
    }

    /** A form as browsers send it. @param form names and values, alternating */
    public static RestClient.Content form(String... form) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < form.length; i += 2) {
            body.append(i == 0 ? "" : "&").append(encoded(form[i])).append('=').append(encoded(form[i + 1]));
        }
        return new RestClient.Content(
                "application/x-www-form-urlencoded", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void await(RestAnswer.Answered answer, HttpUrl url) throws ApiFailed {
        Duration said = RateHeaders.retryAfter(answer.header("Retry-After"), clock.instant());
        Duration wait = said == null ? USUAL_WAIT : said;
        if (wait.compareTo(LONGEST_WAIT) > 0) {
            throw new ApiFailed(url.host() + " takes no more calls for " + wait.toSeconds() + " s: try again then");
        }
        try {
            pause.pause(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiFailed("interrupted while waiting for " + url.host());
        }
    }

    /** Without the provider's own words, which may quote what was sent. */
    private static String explained(String method, HttpUrl url, int status, String remedy) {
        String where = url.host() + " (HTTP " + status + " to " + method + " " + url.encodedPath() + ")";
        if (status == 401 || status == 403) {
            return "credentials refused by " + where + ": check " + remedy;
        }
        if (status == 429) {
            return "too many calls for " + where + ": try again later";
        }
        if (status == 404) {
            return "not found at " + where + ": check api-base-url and the account's id";
        }
        return (status >= 500 ? "failure at " : "refused by ") + where + ": nothing was changed by this request"
                + (status >= 500 ? ", as far as is known; try again later" : "");
    }
}
