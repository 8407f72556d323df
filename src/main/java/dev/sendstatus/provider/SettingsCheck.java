package dev.sendstatus.provider;

import dev.sendstatus.provider.InvalidAccount.Mistake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the settings of one account and gathers every mistake in them, each with its remedy and never with the value. One thread. */
public final class SettingsCheck {
    private final Map<String, String> values;
    private final List<Mistake> mistakes = new ArrayList<>();

    /** @param values by key, only those that are set */
    public SettingsCheck(Map<String, String> values) {
        this.values = values;
    }

    public boolean isSet(String key) {
        return values.containsKey(key);
    }

    /** A value in which there may be blanks. Null if it is not set, or if it is a mistake: empty, or with a control character. */
    public @Nullable String text(String key) {
        String value = values.get(key);
        // Empty is a mistake and not the same as absent: it is most often a variable that was not set.
        if (value != null && value.isBlank()) {
            mistake(key, "is empty: give it a value or leave the key out");
            return null;
        }
        if (value != null && value.chars().anyMatch(Character::isISOControl)) {
            mistake(key, "has a line end or another control character in it: copy it again");
            return null;
        }
        return value;
    }

    /** A value in one piece: a blank in it is a mistake that copying makes. Null as above. */
    public @Nullable String word(String key) {
        String value = text(key);
        if (value != null && value.chars().anyMatch(Character::isWhitespace)) {
            mistake(key, "has a blank in it: copy it again, in one piece");
            return null;
        }
        return value;
    }

    /**
     * The words of that key, and of the same with {@code -secondary}, which is accepted as well while the first is being replaced. By key,
     * those that are set and no mistake, the first one first.
     */
    public Map<String, String> words(String key) {
        String secondary = key + "-secondary";
        if (isSet(secondary) && !isSet(key)) {
            mistake(secondary, "is set without " + key + ": name it " + key);
        }
        Map<String, String> words = new LinkedHashMap<>();
        for (String one : List.of(key, secondary)) {
            String word = word(one);
            if (word != null) {
                words.put(one, word);
            }
        }
        return words;
    }

    /** A value of that form. @param remedy why another is a mistake. Null as above. */
    public @Nullable String matching(String key, String form, String remedy) {
        String value = text(key);
        if (value != null && !value.matches(form)) {
            mistake(key, remedy);
            return null;
        }
        return value;
    }

    /** A mistake unless it is set. @param remedy where its value is found */
    public void require(String key, String remedy) {
        if (!isSet(key)) {
            mistake(key, "is missing: " + remedy);
        }
    }

    /** A mistake if one is set and the other is not. */
    public void pair(String one, String other) {
        if (isSet(one) != isSet(other)) {
            mistake(
                    isSet(one) ? other : one,
                    "is missing: " + one + " and " + other + " go together, set both or neither");
        }
    }

    public void mistake(String key, String remedy) {
        mistakes.add(new Mistake(key, remedy));
    }

    /** @throws InvalidAccount if there was any mistake */
    public void end() throws InvalidAccount {
        if (!mistakes.isEmpty()) {
            throw new InvalidAccount(mistakes);
        }
    }
}
