package dev.sendstatus.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an expression of Prometheus names: enough of the language to find metrics and labels in the rules and panels here. */
final class Expression {
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "on", "by", "without", "ignoring", "offset", "bool", "group_left");
    private static final Pattern GROUPING = Pattern.compile("\\b(by|on|without|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern LABELS = Pattern.compile("\\{([^}]*)\\}");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern NAME = Pattern.compile("([a-z_][a-z0-9_]*)(\\{[^}]*\\})?(\\s*\\()?");

    /**
     * A metric with what is asked of its labels.
     *
     * @param values as {@code label=value}, where a value is compared with a literal or its alternatives
     */
    record Selector(String metric, Set<String> labels, Set<String> values) {}

    private final String text;

    Expression(String text) {
        this.text = text;
    }

    List<Selector> selectors() {
        List<Selector> found = new ArrayList<>();
        String plain = GROUPING.matcher(text).replaceAll(" ").replaceAll("\\[[^\\]]*\\]", " ");
        plain = plain.replaceAll("\\boffset\\s+\\w+", " ");
        Matcher name = NAME.matcher(plain);
        while (name.find()) {
            boolean function = name.group(3) != null;
            boolean number = name.start() > 0 && Character.isDigit(plain.charAt(name.start() - 1));
            if (!function && !number && !WORDS.contains(name.group(1))) {
                found.add(selector(name.group(1), name.group(2) == null ? "{}" : name.group(2)));
            }
        }
        return found;
    }

    private static Selector selector(String metric, String braces) {
        Set<String> labels = new TreeSet<>();
        Set<String> values = new TreeSet<>();
        Matcher inside = LABELS.matcher(braces);
        if (inside.matches()) {
            Matcher matcher = MATCHER.matcher(inside.group(1));
            while (matcher.find()) {
                labels.add(matcher.group(1));
                for (String value : matcher.group(3).split("\\|", -1)) {
                    values.add(matcher.group(1) + "=" + value);
                }
            }
        }
        return new Selector(metric, labels, values);
    }

    /** The labels that results are grouped or joined by. */
    Set<String> groupedBy() {
        Set<String> labels = new TreeSet<>();
        Matcher grouping = GROUPING.matcher(text);
        while (grouping.find()) {
            for (String label : grouping.group(2).split(",", -1)) {
                labels.add(label.strip());
            }
        }
        return labels;
    }

    @Override
    public String toString() {
        return text;
    }
}
