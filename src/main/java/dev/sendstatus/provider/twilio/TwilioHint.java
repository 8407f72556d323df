package dev.sendstatus.provider.twilio;

import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.WebhookUrl;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds by trying what a refused request was signed over: the ways in which the URL that Twilio was given and the configured one
 * come apart are few ({@code docs/providers/twilio.md}, How it goes wrong). The client's own headers are asked as well, which a
 * verification must never do: here they only propose a URL, and nothing is said unless the signature proves it.
 */
final class TwilioHint {
    /** Beyond these a form is no status callback, and hashing it hundreds of times is what a flood would want. */
    private static final int MOST_BYTES = 16 * 1024;

    private static final int MOST_URLS = 600;
    private static final int MOST_ACCOUNTS = 8;
    private static final String MARK = "/webhooks/";
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
        int tried = 0;
        for (String url : urls()) {
            if (tried++ == MOST_URLS) {
                return null;
            }
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
        boolean sameBase = base(url).equals(base(request.publicUrl()));
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
        if (signature == null) {
            return null;
        }
        for (Account<TwilioKeys> account : accounts) {
            if (signature.fits(account.keys())) {
                return account;
            }
        }
        return null;
    }

    /** Each once; what differs least from the configured URL comes first. */
    private Set<String> urls() {
        String base = base(request.publicUrl());
        int authority = base.indexOf("://") + 3;
        int path = base.indexOf('/', authority);
        String host = path < 0 ? base.substring(authority) : base.substring(authority, path);
        String scheme = base.substring(0, authority);
        String otherScheme = scheme.equals("https://") ? "http://" : "https://";
        Set<String> prefixes = prefixes(path < 0 ? "" : base.substring(path));
        Set<String> urls = new LinkedHashSet<>();
        for (String tail : tails()) {
            for (String prefix : prefixes) {
                for (String someHost : hosts(host)) {
                    urls.add(scheme + someHost + prefix + tail);
                    urls.add(otherScheme + someHost + prefix + tail);
                }
            }
        }
        return urls;
    }

    private static String base(String url) {
        int mark = url.indexOf(MARK);
        return mark < 0 ? url : url.substring(0, mark);
    }

    private Set<String> tails() {
        String url = request.publicUrl();
        int mark = url.indexOf(MARK);
        String own = mark < 0 ? "" : url.substring(mark);
        Set<String> tails = new LinkedHashSet<>(List.of(own));
        addWithAndWithoutSlash(own, tails);
        addWithAndWithoutSlash(MARK + TwilioAdapter.TWILIO.word(), tails);
        for (Account<TwilioKeys> account : accounts) {
            addWithAndWithoutSlash(
                    MARK + TwilioAdapter.TWILIO.word() + "/" + account.name().name(), tails);
        }
        return tails;
    }

    private static void addWithAndWithoutSlash(String tail, Set<String> tails) {
        String bare = tail.endsWith("/") ? tail.substring(0, tail.length() - 1) : tail;
        tails.add(bare);
        tails.add(bare + "/");
    }

    private Set<String> prefixes(String own) {
        Set<String> prefixes = new LinkedHashSet<>(List.of(own, ""));
        String forwarded = request.headers().first("X-Forwarded-Prefix");
        if (forwarded != null && PREFIX.matcher(forwarded).matches()) {
            prefixes.add(forwarded.endsWith("/") ? forwarded.substring(0, forwarded.length() - 1) : forwarded);
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
        int colon = own.lastIndexOf(':');
        String bare = colon < 0 || own.endsWith("]") ? own : own.substring(0, colon);
        hosts.add(bare + ":8080");
        hosts.add(bare + ":8443");
        return hosts;
    }
}
