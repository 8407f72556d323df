package dev.sendstatus.dashboard;

import io.javalin.http.Context;
import java.net.URI;

/** Whether a request that changes something was made by one of our own pages, and not by another site in the same browser. */
record SameOrigin(URI publicUrl) {

    boolean of(Context ctx) {
        String site = ctx.header("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        // A browser older than that header.
        String origin = ctx.header("Origin");
        String host = ctx.header("Host");
        return origin != null
                && (origin.equals(origin(publicUrl))
                        || host != null && (origin.equals("http://" + host) || origin.equals("https://" + host)));
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
