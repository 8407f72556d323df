package dev.sendstatus.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; every mistake in it at once. */
public final class InvalidConfiguration extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Mistake> mistakes;

    public InvalidConfiguration(List<Mistake> mistakes) {
        super(text(mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    public List<Mistake> mistakes() {
        return mistakes;
    }

    private static String text(List<Mistake> mistakes) {
        String head = mistakes.size() == 1
                ? "1 mistake in the configuration:"
                : mistakes.size() + " mistakes in the configuration:";
        return mistakes.stream().map(mistake -> "\n  " + mistake).collect(Collectors.joining("", head, ""));
    }
}
