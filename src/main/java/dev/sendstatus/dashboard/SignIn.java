package dev.sendstatus.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * The page that asks for a token.
 *
 * @param next where to go on then
 * @param wrong why the last token did not do; null if none was given
 */
public record SignIn(String next, @Nullable String wrong) {
    /** Only a page of our own; everything else leads to the first one. */
    static String local(@Nullable String next) {
        return next != null && next.startsWith("/ui/") ? next : "/";
    }
}
