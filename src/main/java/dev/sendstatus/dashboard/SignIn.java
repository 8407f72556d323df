package dev.sendstatus.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * The page that asks for a token.
 *
 * @param next where to go on then
 * @param wrong why the last token did not do; null if none was given
 */
public record SignIn(int status, String next, @Nullable String wrong) implements Page {
    @Override
    public String title() {
        return "Sign in";
    }

    @Override
    public String section() {
        return "";
    }

    /** Only a page of our own; everything else leads to the first one. */
    static String local(@Nullable String next) {
        return next != null && next.startsWith("/ui/") ? next : "/";
    }
}
