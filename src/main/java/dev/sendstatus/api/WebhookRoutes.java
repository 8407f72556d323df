package dev.sendstatus.api;

import dev.sendstatus.ingest.IngestQueue;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.store.Refused;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * {@code /webhooks/{provider}[/{account}]}: finds whom a request is for, refuses what need not be read, and leaves the rest to a
 * {@link WebhookCall}.
 *
 * <p>It stands before the servlets, on the web server's own non-blocking interface: a callback then waits for its body and for
 * the disk without a thread, so neither a slow client nor a locked database uses up the threads that the queries need.
 */
final class WebhookRoutes extends Handler.Wrapper {
    private static final String PREFIX = "/webhooks/";

    private final Map<String, Route> routes = new HashMap<>();
    private final String publicUrl;
    private final WebhookCall.Shared shared;

    private record Route(ConfiguredProvider<?> provider, WebhookMeters meters) {}

    WebhookRoutes(
            List<ConfiguredProvider<?>> configured,
            HttpSettings settings,
            Duration answerWithin,
            IngestQueue queue,
            Refusals refusals,
            CallbackCounts counts,
            MeterRegistry registry,
            InstantSource clock) {
        for (ConfiguredProvider<?> provider : configured) {
            String word = provider.adapter().provider().word();
            routes.put(word, new Route(provider, new WebhookMeters(registry, word)));
        }
        this.publicUrl = settings.publicUrl().toString();
        this.shared =
                new WebhookCall.Shared(queue, refusals, counts, clock, settings.maxBodyBytes(), answerWithin.toNanos());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        if (path == null || !path.startsWith(PREFIX)) {
            return super.handle(request, response, callback);
        }
        Answer answer = new Answer(response, callback);
        int slash = path.indexOf('/', PREFIX.length());
        String word = slash < 0 ? path.substring(PREFIX.length()) : path.substring(PREFIX.length(), slash);
        String account = slash < 0 || slash == path.length() - 1 ? null : path.substring(slash + 1);
        Route route = routes.get(word);
        if (route == null) {
            answer.problem(new Problem(
                    404, "No such provider", "The path names no provider that is known here: " + names() + " are."));
            return true;
        }
        ConfiguredProvider<?> provider = route.provider();
        if (!provider.has(account)) {
            String missing = missing(provider, account);
            shared.refusals()
                    .add(
                            Refused.anyAccount(provider.adapter().provider()),
                            "no_account",
                            Refusals.origin(request),
                            () -> missing);
            answer.problem(new Problem(404, "No such account", missing));
            return true;
        }
        List<String> methods = provider.adapter().methods();
        if (!methods.contains(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, String.join(", ", methods));
            answer.problem(new Problem(
                    405,
                    "Method not allowed",
                    "Callbacks of " + word + " come by " + String.join(" or ", methods) + "."));
            return true;
        }
        WebhookCall call =
                new WebhookCall(shared, provider, account, publicUrl + path, request, answer, route.meters());
        call.start();
        return true;
    }

    private String names() {
        return String.join(", ", routes.keySet().stream().sorted().toList());
    }

    private static String missing(ConfiguredProvider<?> provider, @Nullable String account) {
        String word = provider.adapter().provider().word();
        return account == null
                ? "No " + word + " account is configured: " + provider.remedy()
                : "No " + word
                        + " account of the name in the path is configured: add it to accounts[] in the configuration.";
    }
}
