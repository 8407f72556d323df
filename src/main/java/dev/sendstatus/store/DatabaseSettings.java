package dev.sendstatus.store;

import org.jspecify.annotations.Nullable;

/**
 * Which database.
 *
 * @param url a JDBC URL: {@code jdbc:sqlite:data/sendstatus.db}
 * @param user null where the URL or the database needs none
 * @param password likewise; never printed
 */
public record DatabaseSettings(
        String url, @Nullable String user, @Nullable String password) {
    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url + ", user=" + user + ", password=" + (password == null ? "none" : "***")
                + "]";
    }
}
