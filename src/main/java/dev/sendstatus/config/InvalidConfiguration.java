package dev.sendstatus.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; every mistake in it at once. */
public final class InvalidConfiguration extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Mistake> mistakes;
    private final transient List<EffectiveValue> effective;

    /** @param effective what could be read, with its secrets masked */
    public InvalidConfiguration(List<Mistake> mistakes, List<EffectiveValue> effective) {
        super(text(mistakes));
        this.mistakes = List.copyOf(mistakes);
        this.effective = List.copyOf(effective);
    }

    public List<Mistake> mistakes() {
        return mistakes;
    }

    /** The values that could be read. One with a mistake in it is not shown. */
    public List<EffectiveValue> effective() {
        return effective;
    }

    private static String text(List<Mistake> mistakes) {
        String head = mistakes.size() == 1
                ? "1 mistake in the configuration:"
                : mistakes.size() + " mistakes in the configuration:";
        return mistakes.stream().map(mistake -> "\n  " + mistake).collect(Collectors.joining("", head, ""));
    }
}
