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
 * @param clock for what providers say in times: a token's end, a moment to come back
 */
public record ApiSettings(@Nullable URI baseUrl, Duration timeout, InstantSource clock) {
    /** The address to ask. @param own the provider's own address */
    public HttpUrl base(String own) {
        return HttpUrl.get(baseUrl == null ? own : baseUrl.toString());
    }
}
