package dev.sendstatus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.channel.ChannelSettings;
import dev.sendstatus.channel.MailSettings;
import dev.sendstatus.channel.QuietHours;
import dev.sendstatus.store.Severity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is told, and by what: {@code channels}, {@code mail}, {@code report} and {@code alerts}. */
class ChannelConfigurationTest {
    private static final String MAIL = "mail: {host: mail.example.com, from: status@example.com}\n";

    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void theChannelsOfTheDefaultFileAreOffWithoutTheirVariables() throws Exception {
        Configuration configuration = load();
        assertThat(configuration.notices().channels()).isEmpty();
        assertThat(configuration.notices().mail()).isNull();
        assertThat(configuration.notices().quiet()).isNull();
        assertThat(configuration.channelsOff())
                .containsExactly(
                        "email; to switch it on, set SENDSTATUS_MAIL_TO",
                        "chat; to switch it on, set SENDSTATUS_CHAT_URL");
        assertThat(configuration.report().channels()).isEmpty();
        assertThat(configuration.alerts().remind()).isEqualTo(Duration.ofDays(1));
        assertThat(configuration.alerts().off()).isEmpty();
        assertThat(configuration.warnings()).isEmpty();
    }

    @Test
    void variablesSwitchThemOnWithAndWithoutTheDefaultFile() throws Exception {
        environment.putAll(Map.of(
                "SENDSTATUS_MAIL_TO", "ops@example.com, Night Shift <night@example.com>",
                "SENDSTATUS_MAIL_HOST", "mail.example.com",
                "SENDSTATUS_MAIL_FROM", "Sendstatus <status@example.com>",
                "SENDSTATUS_MAIL_USER", "hush-user",
                "SENDSTATUS_MAIL_PASSWORD", "hush-password",
                "SENDSTATUS_CHAT_URL", "https://hooks.slack.com/services/T0/B0/hush-chat",
                "SENDSTATUS_ALERTS_HEARTBEAT_URL", "https://hc.example.com/ping/hush-heartbeat"));
        Configuration ofNoFile = load();
        Files.createDirectories(home.resolve("config"));
        Files.copy(Path.of("config/sendstatus.yaml"), home.resolve("config/sendstatus.yaml"));
        for (Configuration configuration : List.of(ofNoFile, load())) {
            ChannelSettings email = configuration.notices().channels().get(0);
            assertThat(email.type()).isEqualTo(ChannelSettings.Type.EMAIL);
            assertThat(email.to()).containsExactly("ops@example.com", "Night Shift <night@example.com>");
            assertThat(email.least()).isEqualTo(Severity.WARNING);
            assertThat(email.fullNumbers()).isFalse();
            assertThat(configuration.notices().mail())
                    .isEqualTo(new MailSettings(
                            "mail.example.com",
                            587,
                            "hush-user",
                            "hush-password",
                            MailSettings.Security.STARTTLS,
                            "Sendstatus <status@example.com>"));
            assertThat(configuration.report().channels()).containsExactly("email", "chat");
            assertThat(configuration.report().onlyWhenStuck()).isFalse();
            assertThat(configuration.alertChannels()).containsExactly("email", "chat");
            assertThat(configuration.alerts().heartbeat())
                    .isEqualTo(URI.create("https://hc.example.com/ping/hush-heartbeat"));
            assertThat(configuration.warnings()).isEmpty();
            assertThat(ConfigurationPrinter.text(configuration) + configuration + configuration.notices())
                    .contains("Channels on: email, chat", "https://hooks.slack.com/…", "https://hc.example.com/…")
                    .doesNotContain("hush");
        }
    }

    @Test
    void aChannelOfEachTypeAndWhoIsToldWhat() throws Exception {
        file(MAIL + """
                stuck: {time-zone: Europe/Berlin}
                channels:
                  - {name: ops, type: email, to: [a@example.com, b@example.com], min-severity: info, numbers: full}
                  - {name: slack, type: slack, url: "http://localhost:1/hook"}
                  - {name: discord, type: discord, url: "https://discord.com/api/webhooks/1/x"}
                  - {name: mattermost, type: mattermost, url: "https://chat.example.com/hooks/x"}
                  - {name: teams, type: teams, url: "https://x.logic.azure.com/workflows/1?sig=2"}
                  - {name: phone, type: ntfy, url: "https://ntfy.sh/topic", secret: tk_1, min-severity: critical}
                  - {name: hook, type: webhook, url: "http://10.0.0.1/", private-network: true,
                     secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw}
                report: {channels: [ops], when: stuck}
                alerts: {channels: [], off: [opt_out, storage], remind: PT4H, quiet: "22:00-07:00"}
                """);
        Configuration configuration = load();
        assertThat(configuration.notices().channels())
                .extracting(ChannelSettings::type)
                .containsExactly(ChannelSettings.Type.values());
        assertThat(configuration.notices().channels().get(0).fullNumbers()).isTrue();
        assertThat(configuration.notices().channels().get(0).least()).isEqualTo(Severity.INFO);
        assertThat(configuration.notices().channels().get(5).token()).isEqualTo("tk_1");
        assertThat(configuration.report().channels()).containsExactly("ops");
        assertThat(configuration.report().onlyWhenStuck()).isTrue();
        assertThat(configuration.alertChannels()).isEmpty();
        assertThat(configuration.alerts().off()).containsExactlyInAnyOrder("opt_out", "storage");
        assertThat(configuration.alerts().remind()).isEqualTo(Duration.ofHours(4));
        assertThat(configuration.notices().quiet())
                .isEqualTo(new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0), ZoneId.of("Europe/Berlin")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {name: a, type: slck, url: "https://x"}                                | channels[a].type   | did you mean "slack"?
            {name: a, url: "https://x"}                                            | channels[a].type   | is missing: write of email
            {name: a, type: email, to: hush}                                       | channels[a].to     | ops@example.com
            {name: a, type: email, to: a@example.com, url: "https://x"}            | channels[a].url    | not for email
            {name: a, type: slack, url: hush}                                      | channels[a].url    | no http or https URL
            {name: a, type: slack, url: "https://x", to: a@example.com}            | channels[a].to     | not for slack
            {name: a, type: slack, url: "https://x", secret: hush}                 | channels[a].secret | only for webhook and ntfy
            {name: a, type: ntfy, url: "https://ntfy.sh/"}                         | channels[a].url    | names no topic
            {name: a, type: webhook, url: "https://x"}                             | channels[a].secret | relay secret
            {name: a, type: webhook, url: "http://10.0.0.1/", secret: whsec_aaaa}  | channels[a].url    | private-network: true
            {name: a, type: slack, url: "https://x", min-severity: high}           | channels[a].min-severity | info, warning, critical
            {name: a, type: slack, url: "https://x", numbers: some}                | channels[a].numbers | neither masked nor full
            {name: a, type: slack, uri: "https://x"}                               | channels[a].uri    | did you mean "url"?
            {type: slack, url: "https://x"}                                        | channels[0].name   | is missing
            """)
    void aChannelThatCannotBeMeantStopsTheStart(String channel, String key, String remedy) throws Exception {
        file(MAIL + "channels:\n  - " + channel + "\n");
        assertThat(mistakes()).contains(key + ": ", remedy).doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            report: {channels: [chet]}           | report.channels      | did you mean "chat"?
            report: {when: never}                | report.when          | neither always nor stuck
            alerts: {channels: pager}            | alerts.channels      | write of chat, email, or none
            alerts: {off: [silense]}             | alerts.off           | did you mean "silence"?
            alerts: {remind: 1d}                 | alerts.remind        | did you mean "P1D"?
            alerts: {quiet: "22:00"}             | alerts.quiet         | 22:00-07:00
            alerts: {quiet: "7-9"}               | alerts.quiet         | two digits
            alerts: {quiet: "07:00-07:00"}       | alerts.quiet         | same time
            alerts: {heartbeat-url: hush}        | alerts.heartbeat-url | no http or https URL
            mail: {security: ssl}                | mail.security        | starttls, tls, none
            mail: {from: hush}                   | mail.from            | no e-mail address
            mail: {port: 0}                      | mail.port            | 1 to 65535
            mail: {user: u}                      | mail.password        | set both or none (SENDSTATUS_MAIL_PASSWORD)
            """)
    void whatChannelsNeedIsCheckedAtTheStart(String line, String key, String remedy) throws Exception {
        file(line + "\n");
        assertThat(mistakes()).contains(key + ": ", remedy).doesNotContain("hush");
    }

    @Test
    void anEmailChannelNeedsAServerAndASender() {
        environment.put("SENDSTATUS_MAIL_TO", "ops@example.com");
        assertThat(mistakes())
                .contains("mail.host: is missing", "(SENDSTATUS_MAIL_HOST)")
                .contains("mail.from: is missing", "(SENDSTATUS_MAIL_FROM)");
    }

    @Test
    void aNamedChannelThatIsOffIsAWarning() throws Exception {
        environment.put("SENDSTATUS_REPORT_CHANNELS", "email,chat");
        environment.put("SENDSTATUS_CHAT_URL", "https://hooks.example.com/x");
        assertThat(load().warnings()).containsExactly("report.channels names email, which is off");
        assertThat(load().report().channels()).containsExactly("chat");
    }

    @Test
    void mailThatGoesUnencryptedIsAWarning() throws Exception {
        file("mail: {host: mail.example.com, from: a@example.com, user: u, password: p, security: none}\n");
        assertThat(load().warnings()).singleElement().asString().contains("unencrypted");
        file("mail: {host: localhost, from: a@example.com, user: u, password: p, security: none}\n");
        assertThat(load().warnings()).isEmpty();
    }

    @Test
    void quietHoursReachOverMidnight() {
        QuietHours night = new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0), ZoneId.of("Europe/Berlin"));
        assertThat(night.holds(Instant.parse("2026-11-30T21:00:00Z"))).isTrue();
        assertThat(night.holds(Instant.parse("2026-11-30T05:59:59Z"))).isTrue();
        assertThat(night.holds(Instant.parse("2026-11-30T06:00:00Z"))).isFalse();
        assertThat(night.holds(Instant.parse("2026-11-30T20:59:59Z"))).isFalse();
        QuietHours noon = new QuietHours(LocalTime.of(12, 0), LocalTime.of(13, 0), ZoneId.of("UTC"));
        assertThat(noon.holds(Instant.parse("2026-11-30T12:00:00Z"))).isTrue();
        assertThat(noon.holds(Instant.parse("2026-11-30T13:00:00Z"))).isFalse();
    }

    private Configuration load() throws InvalidConfiguration {
        return new ConfigurationLoader(Adapters.all(), environment, home).load();
    }

    private String mistakes() {
        return String.valueOf(
                catchThrowableOfType(InvalidConfiguration.class, this::load).getMessage());
    }

    private void file(String text) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/sendstatus.yaml"), text);
    }
}
