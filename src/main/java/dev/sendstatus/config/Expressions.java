package dev.sendstatus.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts variables into a text: <code>${NAME}</code> is the variable's value; where it is unset or empty, <code>${NAME:text}</code> is that
 * text instead, in which there may be further variables; <code>$${</code> stands for <code>${</code>. A variable's value is not read again.
 */
final class Expressions {
    private final Map<String, String> environment;
    private final String text;
    private final List<String> variables = new ArrayList<>();
    private final List<String> unset = new ArrayList<>();
    private int at;

    private Expressions(Map<String, String> environment, String text) {
        this.environment = environment;
        this.text = text;
    }

    static Setting resolve(String text, String where, Map<String, String> environment) {
        Expressions reader = new Expressions(environment, text);
        String value = reader.read(false);
        return new Setting(value, where, List.copyOf(reader.variables), List.copyOf(reader.unset), List.of());
    }

    /** Reads to the end, or to the brace that closes the expression around it. */
    private String read(boolean inside) {
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (inside && c == '}') {
                return value.toString();
            }
            if (text.startsWith("$${", at)) {
                value.append("${");
                at += 3;
            } else if (text.startsWith("${", at)) {
                at += 2;
                value.append(variable());
            } else {
                value.append(c);
                at++;
            }
        }
        return value.toString();
    }

    private String variable() {
        int start = at;
        while (at < text.length() && isNameLetter(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        boolean hasAlternative = at < text.length() && text.charAt(at) == ':';
        String alternative = "";
        int unsetBefore = unset.size();
        if (hasAlternative) {
            at++;
            alternative = read(true);
        }
        if (name.isEmpty() || at >= text.length() || text.charAt(at) != '}') {
            throw new Unfit(
                    "holds a ${ that is no ${VARIABLE} or ${VARIABLE:default}: mend it, or write $${ if ${ itself is meant");
        }
        at++;
        variables.add(name);
        String value = environment.getOrDefault(name, "");
        if (!value.isEmpty()) {
            unset.subList(unsetBefore, unset.size()).clear();
            return value;
        }
        if (!hasAlternative) {
            unset.add(name);
        }
        return alternative;
    }

    private static boolean isNameLetter(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_';
    }
}
