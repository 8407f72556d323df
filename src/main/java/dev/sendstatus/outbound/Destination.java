package dev.sendstatus.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The receiver of signed requests.
 *
 * @param secrets one, or two while one is replaced
 * @param timeout for a whole request, from the look-up of the name to the end of the answer
 * @param privateNetwork whether it may be anywhere, and unencrypted
 */
public record Destination(HttpUrl url, List<SigningSecret> secrets, Duration timeout, boolean privateNetwork) {
    private static final String REMEDY = ": if it is meant, set private-network: true";

    public Destination {
        secrets = List.copyOf(secrets);
    }

    /**
     * Reads a URL, without looking its name up: that is done at every connection.
     *
     * @throws IllegalArgumentException if nothing may be sent there; the message says why and how to mend it
     */
    public static HttpUrl url(String text, boolean privateNetwork) {
        HttpUrl url = HttpUrl.parse(text);
        if (url == null) {
            throw new IllegalArgumentException("is no http or https URL: write it like https://example.com/sendstatus");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            throw new IllegalArgumentException("holds a user name: write the URL without what stands before the @");
        }
        if (privateNetwork) {
            return url;
        }
        if (!url.isHttps()) {
            throw new IllegalArgumentException(
                    "is not encrypted: write https://, or, in a network of your own, set" + " private-network: true");
        }
        String host = url.host().toLowerCase(Locale.ROOT);
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            throw new IllegalArgumentException("leads to this host" + REMEDY);
        }
        if (isAddress(host)) {
            String refusal = refusal(host);
            if (refusal != null) {
                throw new IllegalArgumentException("leads to " + refusal + REMEDY);
            }
        }
        return url;
    }

    /** Digits and dots, in whichever form, or IPv6: no such name is looked up. */
    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
    }

    private static @Nullable String refusal(String address) {
        try {
            return PublicAddresses.refusal(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            return "no address";
        }
    }

    /** For a person: without the query, in which there may be a token. */
    public String shown() {
        return url.query() == null ? url.toString() : url.newBuilder().query(null) + "?…";
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "Destination[" + shown() + "]";
    }
}
