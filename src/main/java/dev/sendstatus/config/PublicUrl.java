package dev.sendstatus.config;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** The URL at which the providers call this server. */
public final class PublicUrl {
    /** The documents' word for a name that the reader puts there. */
    private static final String PLACEHOLDER = "host";

    private PublicUrl() {}

    /** One line: why no provider can reach that URL, and what to set. Empty if nothing speaks against it. */
    public static Optional<String> mistake(URI url) {
        String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
        if (!isThisHost(host) && !host.equals(PLACEHOLDER)) {
            return Optional.empty();
        }
        return Optional.of(Key.PUBLIC_URL.path() + " is " + url + ", which no provider can reach: set "
                + Key.PUBLIC_URL.variable() + " to the https URL that leads here");
    }

    /** @param host a name or an address in lower case; of IPv6 with or without brackets */
    static boolean isThisHost(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.startsWith("127.")
                || host.equals("::1")
                || host.equals("[::1]");
    }
}
