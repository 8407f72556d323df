package dev.sendstatus.provider;

import java.util.List;
import java.util.Optional;

/**
 * The URL that a provider should have.
 *
 * @param url the one that is entered where it has another
 * @param alsoRight other URLs that lead here as well, as that of the provider without the account's name
 */
public record WebhookUrl(String url, List<String> alsoRight) {
    public WebhookUrl {
        alsoRight = List.copyOf(alsoRight);
    }

    /**
     * The difference of the URL that was found, compared byte for byte; empty if it is right.
     *
     * @param found as it stands at the provider; empty if there is none
     */
    public Optional<WebhookDifference> difference(String field, String found) {
        if (found.equals(url) || alsoRight.contains(found)) {
            return Optional.empty();
        }
        return Optional.of(new WebhookDifference(reason(found), field, shown(found), url));
    }

    private WebhookDifference.Reason reason(String found) {
        if (found.isEmpty()) {
            return WebhookDifference.Reason.NOTHING_SET;
        }
        String stripped = found.strip();
        if (!stripped.equals(found) && difference("", stripped).isEmpty()) {
            return WebhookDifference.Reason.BLANKS;
        }
        String bare = bare(found);
        if (isBare(bare)) {
            return WebhookDifference.Reason.RETRIES_MISSING;
        }
        if (bare.startsWith("http://") && isBare("https://" + bare.substring("http://".length()))) {
            return WebhookDifference.Reason.NOT_HTTPS;
        }
        return WebhookDifference.Reason.OTHER_URL;
    }

    private boolean isBare(String found) {
        return bare(url).equals(found)
                || alsoRight.stream().map(WebhookUrl::bare).anyMatch(found::equals);
    }

    private static String bare(String url) {
        int fragment = url.indexOf('#');
        return fragment < 0 ? url : url.substring(0, fragment);
    }

    /** As it may be printed: another program's URL can hold a password before the host, or a key in its query. */
    public static String shown(String url) {
        String noUser = url.replaceFirst("//[^/?#]*@", "//…@");
        int query = noUser.indexOf('?');
        if (query < 0) {
            return noUser;
        }
        int fragment = noUser.indexOf('#', query);
        return noUser.substring(0, query) + "?…" + (fragment < 0 ? "" : noUser.substring(fragment));
    }
}
