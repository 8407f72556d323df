package dev.sendstatus.provider;

import java.util.List;

/** An account's settings do not make an account: each mistake with its key and its remedy, no secret in it. */
public final class InvalidAccount extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param key the setting concerned, {@code auth-token}; @param remedy the mistake and how to mend it */
    public record Mistake(String key, String remedy) {}

    private final transient List<Mistake> mistakes;

    public InvalidAccount(List<Mistake> mistakes) {
        super(mistakes.toString());
        this.mistakes = List.copyOf(mistakes);
    }

    public List<Mistake> mistakes() {
        return mistakes;
    }
}
