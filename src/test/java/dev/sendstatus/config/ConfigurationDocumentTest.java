package dev.sendstatus.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.app.Adapters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

class ConfigurationDocumentTest {
    static final String COMMAND = "scripts/test -Dtest=ConfigurationDocumentTest -Dconfiguration.write=true";

    @Test
    void thePageOfKeysAndVariablesIsWhatTheCodeReads() throws IOException {
        Path file = Path.of("docs/configuration.md");
        if (Boolean.getBoolean("configuration.write")) {
            Files.writeString(file, ConfigurationDocument.write());
        }
        assertThat(file).as("is out of date: run %s", COMMAND).hasContent(ConfigurationDocument.write());
    }

    @Test
    void theDefaultFileShowsEveryKeyWithItsVariable() throws IOException {
        String file = Files.readString(Path.of("config/sendstatus.yaml"));
        assertThat(file).contains(Arrays.stream(Key.values()).map(Key::variable).toList());
    }

    @Test
    void theDefaultFileHasAnAccountOfEachProvider() throws IOException {
        Path path = Path.of("config/sendstatus.yaml");
        String accounts = AccountReader.defaults(Adapters.all());
        if (Boolean.getBoolean("configuration.write")) {
            Files.writeString(
                    path,
                    Files.readString(path)
                            .replaceFirst("(?m)^accounts:\\n( .*\\n)*", Matcher.quoteReplacement(accounts)));
        }
        assertThat(path).as("is out of date: run %s", COMMAND).content().contains(accounts);
    }
}
