package dev.sendstatus.config;

import dev.sendstatus.config.ConfigurationFile.Entry;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML as its tree of nodes: these still know their lines, which every mistake names, and leave {@code 06:00} the text
 * that it is, where YAML 1.1 makes 360 of it.
 */
final class YamlReader {
    /** The lists of groups, with how an item begins. */
    private static final Map<String, String> LISTS = Map.of(
            ConfigurationFile.ACCOUNTS,
            "an account is a group of keys: \"- name: main\" and below it \"provider: …\"",
            ConfigurationFile.ENDPOINTS,
            "an endpoint is a group of keys: \"- name: main\" and below it \"url: …\"",
            ConfigurationFile.CHANNELS,
            "a channel is a group of keys: \"- name: ops\" and below it \"type: …\"");

    private final String name;
    private final Map<String, String> environment;
    private final Mistakes mistakes;

    private YamlReader(String name, Map<String, String> environment, Mistakes mistakes) {
        this.name = name;
        this.environment = environment;
        this.mistakes = mistakes;
    }

    static ConfigurationFile read(String name, String yaml, Map<String, String> environment, Mistakes mistakes) {
        return new YamlReader(name, environment, mistakes).read(yaml);
    }

    private ConfigurationFile read(String yaml) {
        Node root;
        try {
            root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
        } catch (MarkedYAMLException e) {
            // Its message quotes the line, and with it perhaps a secret.
            notYaml(e.getProblemMark());
            return ConfigurationFile.empty(name);
        } catch (YAMLException e) {
            notYaml(null);
            return ConfigurationFile.empty(name);
        }
        if (root == null || isNull(root)) {
            return ConfigurationFile.empty(name);
        }
        if (!(root instanceof MappingNode mapping)) {
            mistakes.add(
                    where(root), "", "holds no keys: write lines like \"http:\" and, indented below, \"port: 8080\"");
            return ConfigurationFile.empty(name);
        }
        Map<String, Setting> settings = new LinkedHashMap<>();
        Map<String, List<Entry>> lists = new LinkedHashMap<>();
        mapping.getValue().forEach(tuple -> flatten("", tuple, settings, lists));
        return new ConfigurationFile(name, settings, lists);
    }

    private void notYaml(@Nullable Mark mark) {
        String where = mark == null ? name : name + ":" + (mark.getLine() + 1);
        String column = mark == null ? "" : " at column " + (mark.getColumn() + 1);
        mistakes.add(
                where,
                "",
                "is not valid YAML" + column
                        + ": indent with spaces, close every quote and bracket, and quote values that"
                        + " begin with a special character (* & ! % @ `) or hold \": \" or \" #\"");
    }

    private List<Entry> entries(String key, String item, Node node) {
        List<Entry> entries = new ArrayList<>();
        if (isNull(node)) {
            return entries;
        }
        if (!(node instanceof SequenceNode sequence)) {
            mistakes.add(where(node), key, "is a list: begin each item with \"- name: …\"");
            return entries;
        }
        for (Node one : sequence.getValue()) {
            if (one instanceof MappingNode mapping) {
                Map<String, Setting> settings = new LinkedHashMap<>();
                mapping.getValue().forEach(tuple -> flatten("", tuple, settings, null));
                entries.add(new Entry(where(one), settings));
            } else {
                mistakes.add(where(one), key, item);
            }
        }
        return entries;
    }

    /** @param lists null within an item of one */
    private void flatten(
            String prefix, NodeTuple tuple, Map<String, Setting> into, @Nullable Map<String, List<Entry>> lists) {
        String key = prefix + keyOf(tuple);
        Node value = tuple.getValueNode();
        String item = lists == null ? null : LISTS.get(key);
        if (lists != null && item != null) {
            if (lists.containsKey(key)) {
                mistakes.add(where(tuple.getKeyNode()), key, "stands twice in this file: put all into one list");
            } else {
                lists.put(key, entries(key, item, value));
            }
            return;
        }
        if (value instanceof MappingNode mapping) {
            mapping.getValue().forEach(inner -> flatten(key + ".", inner, into, lists));
            return;
        }
        if (into.containsKey(key)) {
            mistakes.add(where(tuple.getKeyNode()), key, "stands twice in this file: keep one");
            return;
        }
        boolean saysNone = value instanceof SequenceNode list && list.getValue().isEmpty() && lists != null;
        if (saysNone) {
            into.put(key, Setting.of("none", where(value)));
        } else {
            into.put(key, value instanceof SequenceNode list ? values(key, list) : setting(key, value));
        }
    }

    private Setting values(String key, SequenceNode list) {
        return Setting.of(
                list.getValue().stream().map(value -> setting(key, value)).toList(), where(list));
    }

    private Setting setting(String key, Node value) {
        String where = where(value);
        Setting unset = Setting.of("", where);
        if (isNull(value)) {
            return unset;
        }
        if (!(value instanceof ScalarNode scalar)) {
            mistakes.add(where, key, "takes one value, no group or list");
            return unset;
        }
        if (value.getTag().getValue().startsWith("!")) {
            mistakes.add(where, key, "begins with !, which YAML takes for a type: put the value in quotes");
            return unset;
        }
        try {
            return Expressions.resolve(scalar.getValue(), where, environment);
        } catch (Unfit e) {
            mistakes.add(where, key, e.remedy());
            return unset;
        }
    }

    private static String keyOf(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private String where(Node node) {
        return name + ":" + (node.getStartMark().getLine() + 1);
    }
}
