package dev.sendstatus.query;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what parameters of different questions have in common. A text is null where the parameter is left out. */
public final class ParameterText {
    private ParameterText() {}

    public static @Nullable Boolean flag(String name, @Nullable String text) throws WrongParameter {
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw new WrongParameter(name + " is true or false.");
        }
        return text == null ? null : Boolean.valueOf(text);
    }

    /** The one of these that has this word. */
    public static <T> @Nullable T oneOf(
            String name, @Nullable String text, Collection<T> all, Function<? super T, String> word)
            throws WrongParameter {
        if (text == null) {
            return null;
        }
        for (T one : all) {
            if (word.apply(one).equals(text)) {
                return one;
            }
        }
        throw new WrongParameter(name + " is one of " + all.stream().map(word).collect(Collectors.joining(", ")) + ".");
    }

    /** The constant that has this word: its name in lower case. */
    public static <E extends Enum<E>> @Nullable E oneOf(String name, @Nullable String text, E[] all)
            throws WrongParameter {
        return oneOf(name, text, List.of(all), ParameterText::word);
    }

    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** @throws WrongParameter if another parameter than these is given, or one several times */
    public static void check(Map<String, List<String>> given, Collection<String> known) throws WrongParameter {
        for (Map.Entry<String, List<String>> parameter : given.entrySet()) {
            String name = parameter.getKey();
            if (!known.contains(name)) {
                throw new WrongParameter(
                        name + " is no parameter here; there are " + String.join(", ", new TreeSet<>(known)) + ".");
            }
            if (parameter.getValue().size() > 1) {
                throw new WrongParameter(name + " is given once, not several times.");
            }
        }
    }
}
