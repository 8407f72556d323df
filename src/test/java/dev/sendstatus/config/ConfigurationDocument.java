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

                Keys stand in `config/sendstatus.yaml`, or in the file that `SENDSTATUS_CONFIG` names; a variable wins over the file. A dot separates
                the levels: `http.port` is `port` below `http`. Durations are ISO 8601: `PT5M`, `PT6H`, `P7D`. `scripts/sendstatus config check`
                prints the values in force with their origin, secrets masked, or every mistake at once. Any mistake stops the start.

                - A key's variable is `SENDSTATUS_` and the key in capitals, with underscores for dots and hyphens; only `http.public-url` has a shorter one.
                - In the file `${NAME}` is a variable's value. A variable that is unset or empty is a mistake, unless a text follows a colon, `${NAME:text}`;
                  `${NAME:}` leaves the key unset. The variables of the default lists, below, may always be absent. `$${` stands for `${`.
                - A value is taken as it stands. One that is wrapped in quotes, or in blanks or line ends, is a mistake; a value that does not fit is never printed.
                - A variable that begins with `SENDSTATUS_` and that nothing reads is a warning with the nearest name.

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

                `accounts` is a list. The default file has one account of each provider, with the variables below; an account none of whose values is set is
                off, and the log says so. Several accounts of one provider have different names. Every account takes:

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

                `relay.endpoints` is a list: see [relay](relay.md). The default file has one endpoint, `default`, which is off without its URL. What takes
                several values is a list in YAML, or has commas between them. An address that is no public one is a mistake unless `private-network` is
                `true`; what a name leads to is looked at whenever a connection is made.

                """);
        row("key", "variable in the default file", "meaning");
        row("---", "---", "---");
        Entry endpoint = file.list(ConfigurationFile.ENDPOINTS).get(0);
        EndpointReader.KEYS.forEach((key, meaning) ->
                row(code(key), code(String.join(", ", endpoint.setting(key).variables())), meaning));
        text.append("""

                ## Channels

                `channels` is a list: see [channels](channels.md). The default file has `email` and `chat`, a Slack channel. A channel of type `email` is
                off without `to`, every other one without `url`.

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
