package dev.sendstatus.provider;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * How one account's provider is asked.
 *
 * @param baseUrl where the provider's API is; null for the provider's own address
 * @param timeout for one call, from the connection to the last byte of the answer
 * @param clock for the times that providers name: a token's end, a moment to come back
 */
public record ApiSettings(@Nullable URI baseUrl, Duration timeout, InstantSource clock) {
    /**
     * An address to ask.
     *
     * @param own the provider's own base URL, ending in a slash
     * @param path below it, as it is written
     * @param segments more of the path, each of which may hold any character, so that it is escaped
     */
    public HttpUrl url(String own, String path, String... segments) {
        HttpUrl.Builder url =
                HttpUrl.get(baseUrl == null ? own : baseUrl.toString()).newBuilder();
        url.addPathSegments(path);
        for (String segment : segments) {
            url.addPathSegment(segment);
        }
        return url.build();
    }

    /** That address with a query. @param namesAndValues alternating; a null value leaves its name out */
    public static HttpUrl with(HttpUrl url, @Nullable String... namesAndValues) {
        HttpUrl.Builder query = url.newBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String value = namesAndValues[i + 1];
            if (value != null) {
                query.setQueryParameter(String.valueOf(namesAndValues[i]), value);
            }
        }
        return query.build();
    }
}
