package dev.sendstatus.config;

import dev.sendstatus.store.DatabaseSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A JDBC URL whose SQLite file is found from wherever the program is started.
 *
 * @param url with the file's absolute path
 * @param file null if it is no SQLite
 */
public record DatabaseUrl(String url, @Nullable Path file) {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    /** @param home a relative path begins there, whether it stands in the file or in a variable: one database for all */
    static DatabaseUrl read(String text, Path home) {
        if (text.startsWith(POSTGRESQL)) {
            if (text.indexOf('@') >= 0 && text.indexOf('@') < (text + "?").indexOf('?')) {
                throw new Unfit(
                        "holds a user before an @: write it to database.user, the password to database.password");
            }
            return new DatabaseUrl(text, null);
        }
        if (!text.startsWith(SQLITE)) {
            throw new Unfit(
                    "is no database known here: write jdbc:sqlite:data/sendstatus.db or jdbc:postgresql://host/name");
        }
        String rest = text.substring(SQLITE.length());
        int mark = rest.indexOf('?');
        String parameters = mark < 0 ? "" : rest.substring(mark);
        String path = mark < 0 ? rest : rest.substring(0, mark);
        if (path.startsWith("file:")) {
            path = path.substring("file:".length());
        }
        if (path.isEmpty() || path.equals(":memory:") || parameters.contains("mode=memory")) {
            throw new Unfit("names no file, and what is only in memory is lost: write jdbc:sqlite:data/sendstatus.db");
        }
        try {
            Path file = home.resolve(path).toAbsolutePath().normalize();
            return new DatabaseUrl(SQLITE + file + parameters, file);
        } catch (InvalidPathException e) {
            throw new Unfit(
                    "holds a path that this system does not take: write one like jdbc:sqlite:data/sendstatus.db");
        }
    }

    /**
     * A database beside the configured one.
     *
     * @param folder a relative path begins there
     * @param configured its user and password are used where the URL has none of its own
     * @throws IllegalArgumentException if the URL cannot be used; the message says what to write
     */
    public static DatabaseSettings other(String url, Path folder, DatabaseSettings configured) {
        try {
            return new DatabaseSettings(read(url, folder).url(), configured.user(), configured.password());
        } catch (Unfit e) {
            throw new IllegalArgumentException(e.remedy(), e);
        }
    }

    /** The URL without its secrets: the values of all parameters and anything before an @ may be some. */
    public static String shown(String url) {
        int mark = url.indexOf('?');
        String base = mark < 0 ? url : url.substring(0, mark);
        int at = base.lastIndexOf('@');
        int slashes = base.indexOf("//");
        if (at >= 0 && slashes >= 0 && slashes < at) {
            base = base.substring(0, slashes + 2) + EffectiveValue.HIDDEN + base.substring(at);
        }
        return mark < 0 ? base : base + "?" + EffectiveValue.HIDDEN;
    }
}
