package dev.sendstatus.store;

import java.util.Locale;

/** The rights of a token's bearer. */
public enum TokenScope {
    READ,
    /** Everything, reading too. */
    WRITE;

    /** As on the command line and in the database: {@code read}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for any other word than {@code read} and {@code write} */
    public static TokenScope of(String word) {
        for (TokenScope scope : values()) {
            if (scope.word().equals(word)) {
                return scope;
            }
        }
        throw new IllegalArgumentException("a scope is read or write");
    }
}
