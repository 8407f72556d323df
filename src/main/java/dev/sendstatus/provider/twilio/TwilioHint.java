package dev.sendstatus.provider.twilio;

import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.WebhookUrl;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds by trying the URL that a refused request was signed over: the ways in which the URL that Twilio was given and the configured one
 * come apart are few ({@code docs/providers/twilio.md}, How it goes wrong). The client's own headers are asked as well, which a
 * verification must never do: here they only propose a URL, and nothing is said unless the signature proves it.
 */
final class TwilioHint {
    /** Beyond these a form is no status callback, and a flood would have it hashed hundreds of times. */
    private static final int MOST_BYTES = 16 * 1024;

    private static final int MOST_URLS = 600;
    private static final int MOST_ACCOUNTS = 8;
    private static final String MARK = "/webhooks/";

    /** The configured URL: scheme, host with port, the path before the mark, and the rest. */
    private static final Pattern CONFIGURED = Pattern.compile("(https?://)([^/]*)(.*?)(?:(" + MARK + ".*))?");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?");
    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._-]{1,60}){1,4}/?");

    private final CallbackRequest request;
    private final List<Account<TwilioKeys>> accounts;
    private final Carriage carriage;
    private final @Nullable FormParameters parameters;

    private TwilioHint(CallbackRequest request, List<Account<TwilioKeys>> accounts) {
        this.request = request;
        this.accounts = accounts.subList(0, Math.min(MOST_ACCOUNTS, accounts.size()));
        this.carriage = Carriage.of(request);
        this.parameters = carriage.parameters(request);
    }

    static @Nullable String of(CallbackRequest request, List<Account<TwilioKeys>> accounts) {
        if (TwilioSignature.missing(request) || request.body().length > MOST_BYTES) {
            return null;
        }
        return new TwilioHint(request, accounts).find();
    }

    private @Nullable String find() {
        Account<TwilioKeys> token = signer(request.publicUrl(), request.query());
        if (token != null) {
            return "it is signed with the token of account " + token.name() + ", but its AccountSid is another's: every"
                    + " subaccount has an account of its own here, with its own token";
        }
        for (String url : urls().stream().limit(MOST_URLS).toList()) {
            Account<TwilioKeys> signer = signer(url, request.query());
            if (signer != null) {
                return signedOver(url, signer);
            }
        }
        if (request.query() != null && carriage == Carriage.FORM && signer(request.publicUrl(), null) != null) {
            return "it is signed over the URL without a query: something on the way adds one";
        }
        return null;
    }

    private String signedOver(String url, Account<TwilioKeys> signer) {
        boolean sameBase = url.split(MARK)[0].equals(request.publicUrl().split(MARK)[0]);
        String remedy = sameBase
                ? "enter the URL at Twilio exactly as webhooks list prints it"
                : "set http.public-url to what Twilio calls, or enter at Twilio what webhooks list prints";
        return "it is signed over " + WebhookUrl.shown(url) + " with the token of account " + signer.name()
                + ", but came to " + WebhookUrl.shown(request.publicUrl()) + ": " + remedy;
    }

    private @Nullable Account<TwilioKeys> signer(String url, @Nullable String query) {
        CallbackRequest other = new CallbackRequest(
                request.method(), url, query, request.headers(), request.body(), request.receivedAt());
        TwilioSignature signature = TwilioSignature.of(other, carriage, parameters);
        return signature == null ? null : Authentication.fitting(accounts, account -> signature.fits(account.keys()));
    }

    /** Each once. The one that differs least from the configured URL comes first. */
    private Set<String> urls() {
        Matcher configured = CONFIGURED.matcher(request.publicUrl());
        Set<String> urls = new LinkedHashSet<>();
        if (!configured.matches()) {
            return urls;
        }
        String scheme = configured.group(1);
        String otherScheme = scheme.equals("https://") ? "http://" : "https://";
        String own = configured.group(4) == null ? "" : configured.group(4);
        for (String tail : tails(own)) {
            for (String prefix : prefixes(configured.group(3))) {
                for (String host : hosts(configured.group(2))) {
                    urls.add(scheme + host + prefix + tail);
                    urls.add(otherScheme + host + prefix + tail);
                }
            }
        }
        return urls;
    }

    /** The paths from the mark on, with and without a slash at the end. */
    private Set<String> tails(String own) {
        String provider = MARK + TwilioAdapter.TWILIO.word();
        Set<String> bare = new LinkedHashSet<>(List.of(withoutSlash(own), provider));
        accounts.forEach(account -> bare.add(provider + "/" + account.name().name()));
        Set<String> tails = new LinkedHashSet<>(List.of(own));
        for (String tail : bare) {
            tails.add(tail);
            tails.add(tail + "/");
        }
        return tails;
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private Set<String> prefixes(String own) {
        Set<String> prefixes = new LinkedHashSet<>(List.of(own, ""));
        String forwarded = request.headers().first("X-Forwarded-Prefix");
        if (forwarded != null && PREFIX.matcher(forwarded).matches()) {
            prefixes.add(withoutSlash(forwarded));
        }
        return prefixes;
    }

    /** With the usual ports; none, and the scheme's own, are tried of every URL anyway. */
    private Set<String> hosts(String own) {
        Set<String> hosts = new LinkedHashSet<>(List.of(own));
        for (String header : List.of("Host", "X-Forwarded-Host")) {
            String named = request.headers().first(header);
            if (named != null && HOST.matcher(named).matches()) {
                hosts.add(named);
            }
        }
        String bare = own.replaceFirst(":[0-9]*$", "");
        hosts.add(bare + ":8080");
        hosts.add(bare + ":8443");
        return hosts;
    }
}
