package dev.sendstatus.config;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.config.ConfigurationFile.Entry;
import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.ProviderAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Writes docs/configuration.md from the keys, the adapters' settings and the default file. */
final class ConfigurationDocument {
    private final StringBuilder text = new StringBuilder();

    private ConfigurationDocument() {}

    static String write() throws IOException {
        return new ConfigurationDocument().document();
    }

    private String document() throws IOException {
        text.append("""
                # Configuration

                Generated from the code; after a change there run
                `%s`.

                Keys stand in `config/sendstatus.yaml`, or in the file that `SENDSTATUS_CONFIG` names; variables win. A dot separates levels: `http.port` is
                `port` below `http`. Durations are ISO 8601: `PT5M`, `PT6H`, `P7D`. `scripts/sendstatus config check` prints the values in force with their
                origin, secrets masked, or every mistake at once. Any mistake stops the start.

                - `${NAME}` in the file is a variable's value. An unset or empty variable is a mistake, except with a text for that case (`${NAME:text}`;
                  `${NAME:}` leaves the key unset) and in the default lists below. `$${` stands for `${`.
                - Values are taken as they stand. Quotes, blanks or line ends around one are a mistake. A value that does not fit is never printed.
                - A variable that begins with `SENDSTATUS_` and that nothing reads gets a warning with the nearest name.

                ## Keys

                """.formatted(ConfigurationDocumentTest.COMMAND));
        row("key", "variable", "default", "meaning");
        row("---", "---", "---", "---");
        for (Key key : Key.values()) {
            String fallback = key == Key.PUBLIC_URL ? "http://localhost:<port>" : key.defaultText();
            row(code(key.path()), code(key.variable()), code(fallback), key.meaning() + secret(key.secret()));
        }
        text.append("\n## Other variables\n\n");
        row("variable", "meaning");
        row("---", "---");
        KeyReader.OTHER_VARIABLES.forEach((variable, meaning) -> row(code(variable), meaning));
        text.append("""

                ## Accounts

                `accounts` is a list. The default file has one account of each provider, with the variables below. An account without any value is off, and the
                log says so. Accounts of one provider have different names. Every account takes:

                """);
        row("key", "meaning");
        row("---", "---");
        AccountReader.COMMON.forEach(key -> row(code(key.key()), key.purpose()));
        ConfigurationFile file =
                YamlReader.read("", Files.readString(Path.of("config/sendstatus.yaml")), Map.of(), new Mistakes());
        List<Entry> defaults = YamlReader.read("", AccountReader.defaults(Adapters.all()), Map.of(), new Mistakes())
                .list(ConfigurationFile.ACCOUNTS);
        for (ProviderAdapter<?> adapter : Adapters.all()) {
            String word = adapter.provider().word();
            Entry account = defaults.stream()
                    .filter(entry ->
                            word.equals(Objects.requireNonNull(entry.settings().get("provider"))
                                    .text()))
                    .findFirst()
                    .orElseThrow();
            text.append("\n### ").append(word).append("\n\n");
            row("key", "variable in the default file", "meaning");
            row("---", "---", "---");
            adapter.settings().forEach(key -> row(account, key));
            row(account, AccountReader.COMMON.get(AccountReader.COMMON.size() - 1));
        }
        text.append("""

                ## Endpoints of the relay

                `relay.endpoints` is a list: see [relay](relay.md). The default file has one endpoint, `default`, which is off without its URL. Several values
                are a list in YAML, or have commas between them. An address that is not public is a mistake, unless `private-network` is `true`; names are
                judged at each connection.

                """);
        row("key", "variable in the default file", "meaning");
        row("---", "---", "---");
        Entry endpoint = file.list(ConfigurationFile.ENDPOINTS).get(0);
        EndpointReader.KEYS.forEach((key, meaning) ->
                row(code(key), code(String.join(", ", endpoint.setting(key).variables())), meaning));
        text.append("""

                ## Channels

                `channels` is a list: see [channels](channels.md). The default file has `email` and `chat`, a Slack channel. `email` is off without `to`, every
                other type without `url`.

                """);
        row("key", "variable in the default file", "meaning");
        row("---", "---", "---");
        ChannelReader.KEYS.forEach((key, meaning) -> row(
                code(key),
                code(file.list(ConfigurationFile.CHANNELS).stream()
                        .flatMap(channel -> channel.setting(key).variables().stream())
                        .collect(Collectors.joining(", "))),
                meaning));
        return text.toString();
    }

    private void row(Entry account, AccountSetting key) {
        List<String> variables = Objects.requireNonNull(account.settings().get(key.key()), key.key())
                .variables();
        row(code(key.key()), code(String.join(", ", variables)), key.purpose() + secret(key.secret()));
    }

    private static String code(String text) {
        return text.isEmpty() ? "–" : "`" + text + "`";
    }

    private static String secret(boolean secret) {
        return secret ? "; never printed" : "";
    }

    private void row(String... cells) {
        for (String cell : cells) {
            text.append("| ").append(cell.replace("|", "\\|")).append(' ');
        }
        text.append("|\n");
    }
}
