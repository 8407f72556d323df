package dev.sendstatus.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** Reads the files under {@code deploy/}. */
final class DeployFolder {
    static final Path ROOT = Path.of("").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();

    private DeployFolder() {}

    static Path path(String name) {
        return ROOT.resolve("deploy").resolve(name);
    }

    static String text(String name) throws IOException {
        return Files.readString(path(name));
    }

    /** As a tree, with merge keys resolved, so that YAML and JSON are asked alike. */
    static JsonNode yaml(String name) throws IOException {
        Object loaded = new Yaml().load(text(name));
        return JSON.valueToTree(loaded);
    }

    static JsonNode json(String name) throws IOException {
        return JSON.readTree(text(name));
    }

    /** The variables of an example of an environment file, also those that are commented out. */
    static Map<String, String> environment(String name) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String line : text(name).lines().toList()) {
            String set = line.startsWith("#") ? line.substring(1) : line;
            int equals = set.indexOf('=');
            if (equals > 0 && set.substring(0, equals).matches("[A-Z0-9_]+")) {
                variables.put(set.substring(0, equals), set.substring(equals + 1));
            }
        }
        return variables;
    }
}
