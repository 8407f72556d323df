package dev.sendstatus.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import dev.sendstatus.store.Notice;
import dev.sendstatus.store.Severity;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each chat is sent, held against its own rules. */
class ChatChannelsTest {
    private static final String PATH = "/services/T000/hush-secret-path";

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ChannelAnswer send(ChannelSettings.Type type, Message message, MockResponse answer) {
        return send(type, server.url(PATH), message, answer);
    }

    private ChannelAnswer send(ChannelSettings.Type type, HttpUrl url, Message message, MockResponse answer) {
        server.enqueue(answer);
        String token = type == ChannelSettings.Type.NTFY ? "tk_hush" : null;
        try (Channel channel = Channels.of(Samples.settings("one", type, url, token), null, InstantSource.system())) {
            return channel.send(message);
        }
    }

    private RecordedRequest request() throws InterruptedException {
        return Objects.requireNonNull(server.takeRequest(5, TimeUnit.SECONDS));
    }

    private JsonNode sent(ChannelSettings.Type type, Message message) throws Exception {
        assertThat(send(type, message, status(200))).isInstanceOf(ChannelAnswer.Taken.class);
        return body(request());
    }

    private static JsonNode body(RecordedRequest request) throws Exception {
        return new ObjectMapper()
                .readTree(Objects.requireNonNull(request.getBody()).utf8());
    }

    private static MockResponse status(int status) {
        return new MockResponse.Builder().code(status).body("ok").build();
    }

    private static Message hostile() {
        return Samples.messages().alerts("ntc_1", List.of(Samples.hostile(7)), false);
    }

    private static Message many() {
        String long_ = "campaign ".repeat(400) + "\uD83D\uDE00".repeat(900);
        List<Notice> notices = IntStream.range(0, 40)
                .mapToObj(i -> Samples.alert(i, Notice.Type.ALERT_FIRED, Severity.WARNING, Samples.AT, long_))
                .toList();
        return Samples.messages().alerts("ntc_2", notices, false);
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(child -> texts.addAll(texts(child)));
        return texts;
    }

    @ParameterizedTest
    @EnumSource(
            value = ChannelSettings.Type.class,
            names = {"SLACK", "DISCORD", "MATTERMOST", "TEAMS", "NTFY"})
    void wordsOfOthersMentionNobodyLinkNowhereAndBreakNoLine(ChannelSettings.Type type) throws Exception {
        String sent = String.join("\u0000", texts(sent(type, hostile())));
        assertThat(sent)
                .doesNotContain(
                        "@everyone",
                        "@channel",
                        "@U123",
                        "victim@evil",
                        "https://evil",
                        "www.evil",
                        "\r",
                        "\u202e",
                        "\u0007")
                .contains("https://status.example.com/ui/alerts/7");
        assertThat(sent.replaceAll("[\\\\\u200b]", ""))
                .contains("spam filter", "evil.example", "18.2 % of 1,200 (usually 1.1 %)", "2026-11-30 05:12")
                .contains("…0143")
                .doesNotContain("2025550143", "fourth");
    }

    @ParameterizedTest
    @EnumSource(
            value = ChannelSettings.Type.class,
            names = {"SLACK", "DISCORD", "MATTERMOST", "TEAMS", "NTFY"})
    void whatIsLongAndMuchIsCutToWhatTheChannelTakes(ChannelSettings.Type type) throws Exception {
        JsonNode body = sent(type, many());
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        assertThat(body.toString().matches("(?s).*And [0-9]{2} more.*")).isTrue();
        switch (type) {
            case SLACK, MATTERMOST -> assertThat(body.path("attachments")).hasSize(10);
            case DISCORD -> {
                assertThat(body.path("embeds")).hasSize(10);
                int total = 0;
                for (JsonNode embed : body.path("embeds")) {
                    assertThat(embed.path("title").asText()).hasSizeBetween(1, 256);
                    assertThat(embed.path("description").asText()).hasSizeLessThanOrEqualTo(4096);
                    total += embed.path("title").asText().length()
                            + embed.path("description").asText().length();
                }
                assertThat(total).isLessThanOrEqualTo(6000);
            }
            case TEAMS -> assertThat(bytes.length).isLessThan(28 * 1024);
            case NTFY ->
                assertThat(body.path("message").asText().getBytes(StandardCharsets.UTF_8).length)
                        .isLessThanOrEqualTo(4096);
            case EMAIL, WEBHOOK -> throw new IllegalArgumentException();
        }
        for (String text : texts(body)) {
            assertThat(Character.isHighSurrogate(text.isEmpty() ? ' ' : text.charAt(text.length() - 1)))
                    .isFalse();
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
        }
    }

    @Test
    void slackAndItsKinGetAttachmentsWithAFallbackAndTheColourOfTheSeverity() throws Exception {
        JsonNode body = sent(ChannelSettings.Type.SLACK, hostile());
        assertThat(body.has("text")).isFalse();
        JsonNode attachment = body.path("attachments").path(0);
        assertThat(attachment.path("fallback").asText()).startsWith("Critical: spam filter, twilio/main");
        assertThat(attachment.path("color").asText()).isEqualTo("#c62828");
        assertThat(attachment.path("mrkdwn_in")).isEmpty();
        assertThat(attachment.path("fields").findValuesAsText("title"))
                .containsExactly("Since", "How much", "Mostly", "What to do");
        assertThat(texts(attachment)).allSatisfy(text -> assertThat(text).doesNotContain("<", ">"));
        assertThat(attachment.path("text").asText()).contains("&lt;!channel&gt;", "&amp;");
    }

    @Test
    void mattermostGetsItsMarkdownEscaped() throws Exception {
        JsonNode attachment = sent(ChannelSettings.Type.MATTERMOST, hostile())
                .path("attachments")
                .path(0);
        assertThat(attachment.path("text").asText())
                .contains("\\*bold\\*", "\\_it\\_", "\\~gone\\~", "\\`code\\`", "\\# head", "\\[click\\]\\(");
    }

    @Test
    void discordIsToldToMentionNobody() throws Exception {
        JsonNode body = sent(ChannelSettings.Type.DISCORD, hostile());
        assertThat(body.path("allowed_mentions").path("parse").isArray()).isTrue();
        assertThat(body.path("allowed_mentions").path("parse")).isEmpty();
        JsonNode embed = body.path("embeds").path(0);
        assertThat(embed.path("color").asInt()).isEqualTo(0xc62828);
        assertThat(embed.path("description").asText())
                .contains("\\*bold\\*", "\\<!channel\\>", "\\[click\\]\\(")
                .contains("\n**Since:** ");
    }

    @Test
    void teamsGetsAnAdaptiveCardWhoseTextsAreRunsWithoutMarkup() throws Exception {
        JsonNode body = sent(ChannelSettings.Type.TEAMS, hostile());
        assertThat(body.path("type").asText()).isEqualTo("message");
        JsonNode attachment = body.path("attachments").path(0);
        assertThat(attachment.path("contentType").asText()).isEqualTo("application/vnd.microsoft.card.adaptive");
        JsonNode card = attachment.path("content");
        assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
        assertThat(card.path("version").asText()).isEqualTo("1.4");
        assertThat(card.path("body").path(0).path("style").asText()).isEqualTo("attention");
        assertThat(card.findValuesAsText("type"))
                .doesNotContain("TextBlock", "FactSet")
                .contains("RichTextBlock");
    }

    @Test
    void ntfyGetsJsonAtItsRootWithTopicTokenAndPriority() throws Exception {
        for (String path : List.of("/alerts-x1", "/ntfy/alerts-x1", "/alerts-x1/")) {
            assertThat(send(ChannelSettings.Type.NTFY, server.url(path), hostile(), status(200)))
                    .isInstanceOf(ChannelAnswer.Taken.class);
            RecordedRequest request = request();
            assertThat(request.getTarget()).isEqualTo(path.startsWith("/ntfy") ? "/ntfy" : "/");
            assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer tk_hush");
            JsonNode body = body(request);
            assertThat(body.path("topic").asText()).isEqualTo("alerts-x1");
            assertThat(body.path("priority").asInt()).isEqualTo(5);
            assertThat(body.path("click").asText()).isEqualTo("https://status.example.com/ui/alerts/7");
            assertThat(body.has("markdown")).isFalse();
        }
    }

    @Test
    void aWebhookGetsASignedPushWithTheAlertAsTheApiShowsIt() throws Exception {
        Message resolved = Samples.messages()
                .alerts(
                        "ntc_3",
                        List.of(Samples.alert(
                                7, Notice.Type.ALERT_RESOLVED, Severity.WARNING, Samples.AT, "from " + Samples.NUMBER)),
                        false);
        assertThat(send(ChannelSettings.Type.WEBHOOK, resolved, status(204))).isInstanceOf(ChannelAnswer.Taken.class);
        RecordedRequest request = request();
        Map<String, List<String>> headers = request.getHeaders().toMultimap();
        String text = Objects.requireNonNull(request.getBody()).utf8();
        new Webhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .verify(text, HttpHeaders.of(headers, (name, value) -> true));
        assertThat(request.getHeaders().get("webhook-id")).isEqualTo("ntc_3");
        JsonNode body = new ObjectMapper().readTree(text);
        assertThat(body.path("type").asText()).isEqualTo("alert.resolved");
        assertThat(body.path("timestamp").asText()).isEqualTo("2026-11-30T06:00:00Z");
        assertThat(body.path("data").path("id").asInt()).isEqualTo(7);
        assertThat(body.path("data").path("state").asText()).isEqualTo("resolved");
        assertThat(body.path("data").path("link").asText()).isEqualTo("https://status.example.com/ui/alerts/7");
        assertThat(text).contains("from …0143").doesNotContain("2025550143");
    }

    @Test
    void aWebhookIsToldEachThingByItsType() throws Exception {
        Messages messages = Samples.messages();
        List<Message> all = new ArrayList<>();
        for (Notice.Type type :
                List.of(Notice.Type.ALERT_FIRED, Notice.Type.ALERT_REMINDER, Notice.Type.ALERT_RESOLVED)) {
            all.add(messages.alerts(
                    "ntc_1", List.of(Samples.alert(7, type, Severity.WARNING, Samples.AT, "spring")), false));
        }
        all.add(new Message(
                "ntc_1",
                Samples.AT,
                "subject",
                List.of(new Note(Tone.INFO, "title", "", List.of(), null)),
                Notice.Type.REPORT_STUCK.word(),
                new ObjectMapper().createObjectNode().put("total", 3),
                new Message.Mail("", "", "stuck.csv", new byte[0])));
        all.add(messages.test("ntc_1", Samples.AT, "pager"));
        List<String> types = new ArrayList<>();
        for (Message message : all) {
            types.add(sent(ChannelSettings.Type.WEBHOOK, message).path("type").asText());
        }
        assertThat(types)
                .containsExactly("alert.fired", "alert.reminder", "alert.resolved", "report.stuck", "channel.test");
    }

    @Test
    void wholeNumbersAreToldWhereTheOperatorAskedForThem() throws Exception {
        Message message = Samples.messages().alerts("ntc_4", List.of(Samples.hostile(7)), true);
        assertThat(sent(ChannelSettings.Type.SLACK, message).toString()).contains(Samples.NUMBER);
    }

    @ParameterizedTest
    @CsvSource({
        "200, true, false",
        "204, true, false",
        "302, false, true",
        "400, false, true",
        "404, false, true",
        "410, false, true",
        "408, false, false",
        "429, false, false",
        "500, false, false",
        "503, false, false"
    })
    void anAnswerIsSuccessForGoodOrPassing(int status, boolean taken, boolean forGood) {
        MockResponse answer = new MockResponse.Builder()
                .code(status)
                .addHeader("Retry-After", "120")
                .body(status == 204 ? "" : "Cannot POST " + PATH)
                .build();
        ChannelAnswer outcome = send(ChannelSettings.Type.SLACK, hostile(), answer);
        assertThat(outcome.answer()).contains("HTTP " + status).doesNotContain("hush");
        assertThat(outcome instanceof ChannelAnswer.Taken).isEqualTo(taken);
        if (outcome instanceof ChannelAnswer.NotTaken failed) {
            assertThat(failed.forGood()).isEqualTo(forGood);
            assertThat(failed.retryAfter()).isEqualTo(Duration.ofMinutes(2));
        }
    }

    @Test
    void aServerThatIsNotThereIsAPassingFailureWithoutTheUrlsSecret() {
        HttpUrl url = server.url(PATH);
        server.close();
        try (Channel channel = Channels.of(
                Samples.settings("one", ChannelSettings.Type.SLACK, url, null), null, InstantSource.system())) {
            assertThat(channel.send(hostile())).isInstanceOfSatisfying(ChannelAnswer.NotTaken.class, failed -> {
                assertThat(failed.forGood()).isFalse();
                assertThat(failed.answer())
                        .contains(url.host() + ":" + url.port())
                        .doesNotContain("hush");
            });
        }
    }

    @Test
    void aWebhookWithoutPrivateNetworkIsGuarded() {
        ChannelSettings open = Samples.settings("one", ChannelSettings.Type.WEBHOOK, server.url("/"), null);
        var guarded = new dev.sendstatus.outbound.Destination(
                Objects.requireNonNull(open.destination()).url(),
                open.destination().secrets(),
                Duration.ofSeconds(5),
                false);
        ChannelSettings settings = new ChannelSettings(
                "one", ChannelSettings.Type.WEBHOOK, List.of(), guarded, null, Severity.WARNING, false);
        try (Channel channel = Channels.of(settings, null, InstantSource.system())) {
            assertThat(channel.send(hostile()).answer()).contains("this host");
        }
        assertThat(server.getRequestCount()).isZero();
    }
}
