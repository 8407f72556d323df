package dev.sendstatus.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether the provider bills a message that failed. */
public enum Charged {
    YES,
    NO,
    /** The provider does not document it, or it depends on facts that it does not tell us. */
    UNKNOWN;

    /** As in files and answers: {@code yes}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for any other word. */
    public static Optional<Charged> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
