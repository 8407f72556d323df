package dev.sendstatus.provider.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.PageWalk;
import dev.sendstatus.provider.WebhookApi.ApiFailed;
import dev.sendstatus.provider.WebhookResource;
import dev.sendstatus.provider.rest.RestClient.Authorization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * Single calls that are worth waiting for: one that was turned away with 429 was not processed, and is made again when the
 * provider says. Anything else that is not a success is told as a failure. One thread.
 */
public final class PoliteCalls {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final int MOST_TRIES = 5;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration USUAL_WAIT = Duration.ofSeconds(2);

    private final RestClient client;
    private final InstantSource clock;
    private final Pause pause;
    private final String remedy;

    /** Waits that long. */
    @FunctionalInterface
    interface Pause {
        void pause(Duration time) throws InterruptedException;
    }

    /** Where a list goes on. */
    @FunctionalInterface
    public interface Next {
        /** The page after that one; null after the last. @param listed how many entries there were up to here */
        @Nullable
        HttpUrl after(JsonNode page, HttpUrl url, int listed) throws ApiFailed;
    }

    /** As an account's provider is asked; waits on the calling thread. @param remedy the settings to look at if credentials are refused */
    public PoliteCalls(ApiSettings api, Authorization authorization, String remedy) {
        this(new RestClient(api.timeout(), authorization), api.clock(), time -> Thread.sleep(time.toMillis()), remedy);
    }

    PoliteCalls(RestClient client, InstantSource clock, Pause pause, String remedy) {
        this.client = client;
        this.clock = clock;
        this.pause = pause;
        this.remedy = remedy;
    }

    /** Every entry of a list in pages. @param entries the list's name on each page; @param id an entry's name of its id */
    public List<JsonNode> list(HttpUrl first, String entries, String id, Next next) throws ApiFailed {
        List<JsonNode> all = new ArrayList<>();
        PageWalk walk = new PageWalk();
        HttpUrl url = first;
        while (url != null) {
            JsonNode page = json("GET", url, null);
            page.path(entries).forEach(all::add);
            HttpUrl after = next.after(page, url, all.size());
            String obstacle = walk.obstacle(
                    after == null ? null : after.toString(), page.path(entries).findValuesAsText(id));
            if (obstacle != null) {
                throw incomplete(url, obstacle);
            }
            url = after;
        }
        return all;
    }

    /** That a list is not whole. @param why follows a colon */
    public static ApiFailed incomplete(HttpUrl list, String why) {
        return new ApiFailed(list.host() + " did not list all of " + list.encodedPath() + ": " + why);
    }

    /** As {@link #call}, whose body is an object of JSON. @throws ApiFailed without a word of the body, which may hold secrets */
    public JsonNode json(String method, HttpUrl url, @Nullable RequestBody body) throws ApiFailed {
        JsonNode root = answered(method, url, body).json();
        if (root == null || !root.isObject()) {
            throw new ApiFailed(url.host() + " answered with something that is no object of JSON: check api-base-url");
        }
        return root;
    }

    /** Never for a message. @param body the request's; null for none; @return the body of a success */
    public byte[] call(String method, HttpUrl url, @Nullable RequestBody body) throws ApiFailed {
        return answered(method, url, body).body();
    }

    /** PATCH with an object of JSON that has the fields that differ, and as values those that are wanted. */
    public void patch(HttpUrl url, WebhookResource resource) throws ApiFailed {
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        resource.mendable().forEach(difference -> change.put(difference.field(), difference.wanted()));
        // As bytes, so that the type is sent without a charset.
        call("PATCH", url, RequestBody.create(change.toString().getBytes(StandardCharsets.UTF_8), JSON));
    }

    private RestAnswer.Answered answered(String method, HttpUrl url, @Nullable RequestBody body) throws ApiFailed {
        for (int tries = 1; ; tries++) {
            RestAnswer answer = client.call(method, url, body);
            if (answer instanceof RestAnswer.Answered answered) {
                if (answered.status() >= 200 && answered.status() < 300) {
                    return answered;
                }
                if (answered.status() != 429 || tries >= MOST_TRIES) {
                    throw new ApiFailed(explained(answered));
                }
                await(answered);
            } else if (answer instanceof RestAnswer.Lost lost) {
                throw new ApiFailed(lost.why() + ": nothing is known of the request; try again");
            } else if (answer instanceof RestAnswer.Denied denied) {
                throw new ApiFailed(url.host() + ": " + denied.why());
            }
        }
    }

    private void await(RestAnswer.Answered answer) throws ApiFailed {
        Duration said = RateHeaders.retryAfter(answer.header("Retry-After"), clock.instant());
        Duration wait = said == null ? USUAL_WAIT : said;
        if (wait.compareTo(LONGEST_WAIT) > 0) {
            throw new ApiFailed(answer.host() + " takes no more calls for " + wait.toSeconds() + " s: try again then");
        }
        try {
            pause.pause(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiFailed("interrupted while waiting for " + answer.host());
        }
    }

    /** Without the provider's own words, which may quote the request. */
    private String explained(RestAnswer.Answered answer) {
        int status = answer.status();
        String where = answer.host() + " (HTTP " + status + " to " + answer.request() + ")";
        if (answer.refusesCredentials()) {
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
