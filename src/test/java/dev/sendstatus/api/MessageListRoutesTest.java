package dev.sendstatus.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import dev.sendstatus.event.Source;
import dev.sendstatus.ingest.IngestSettings;
import dev.sendstatus.query.MessageParameters;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists and look-ups over a real port and a real database. */
@Tag("slow")
class MessageListRoutesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Provider SIGNED = new Provider("signed");
    private static final Provider TELNYX = new Provider("telnyx");
    private static final Instant AT = Instant.parse("2026-11-25T12:00:00Z");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws StoreException {
        server = new TestServer(folder, new IngestSettings(50, Duration.ofMillis(900)));
        server.clock.forward(Duration.between(Instant.now(), AT.plus(Duration.ofHours(8))));
        add(event(SIGNED, "delivered", Progress.DELIVERED).occurredAt(AT));
        add(event(TELNYX, "spam", Progress.FAILED)
                .errorCode("40002")
                .occurredAt(AT.plusSeconds(1))
                .sentAt(AT.minusSeconds(60))
                .carrier("AT&T"));
        add(event(SIGNED, "strange", Progress.FAILED).errorCode("77777").occurredAt(AT.plusSeconds(2)));
        add(event(SIGNED, "unconfirmed", Progress.UNCONFIRMED).occurredAt(AT.plusSeconds(3)));
        add(DeliveryEvent.of(new MessageKey(SIGNED, "inbound"), Direction.INBOUND, Progress.DELIVERED, "received")
                .to("54321")
                .from("12025550143")
                .occurredAt(AT.plusSeconds(4)));
        add(event(SIGNED, "registered", Progress.REGISTERED)
                .registration(new Registration(
                        List.of(new Recipient("+12025550143")),
                        "order 7",
                        "autumn & winter",
                        List.of("vote", "first"),
                        List.of("Example.com")))
                .occurredAt(AT.plusSeconds(5)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static DeliveryEvent.Builder event(Provider provider, String id, Progress progress) {
        return DeliveryEvent.of(new MessageKey(provider, id), Direction.OUTBOUND, progress, "said")
                .to("12025550143")
                .from("+12025550199");
    }

    private void add(DeliveryEvent.Builder event) throws StoreException {
        DeliveryEvent built = event.build();
        RawCallback raw = new RawCallback("POST", null, null, "{}".getBytes(StandardCharsets.UTF_8));
        AccountName account = new AccountName(built.message().provider(), "main");
        server.store.commit(List.of(new Incoming(account, Source.WEBHOOK, AT, raw, List.of(built), null)));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(server.uri(path))
                        .header("Authorization", "Bearer " + TestServer.TOKEN)
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> lookup(String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(server.uri("/v1/messages/lookup"))
                        .header("Authorization", "Bearer " + TestServer.TOKEN)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("items").forEach(item -> ids.add(item.path("id").asText()));
        return ids;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                   | registered inbound unconfirmed strange spam delivered
            status=SENT                          | registered unconfirmed
            status=ERROR                         | strange spam
            status=DELIVERED                     | inbound delivered
            provider=telnyx                      | spam
            provider=telnyx&account=main         | spam
            account=second                       | ''
            to=12025550143                       | registered unconfirmed strange spam delivered
            to=+12025550143                      | registered unconfirmed strange spam delivered
            to=%2B12025550143&status=ERROR       | strange spam
            to=54321                             | inbound
            from=%2B12025550143                  | inbound
            from=12025550199&status=DELIVERED    | delivered
            error_code=40002                     | spam
            category=spam_filter                 | spam
            category=unknown                     | strange
            campaign=autumn%20%26%20winter       | registered
            campaign=autumn                      | ''
            reference=order%207                  | registered
            tag=vote                             | registered
            link_domain=EXAMPLE.com              | registered
            stuck=true                           | registered
            stuck=false&status=SENT              | unconfirmed
            conflict=true                        | ''
            unconfirmed=true                     | unconfirmed
            unconfirmed=false&status=SENT        | registered
            since=2026-11-25T12:00:04Z           | registered inbound
            since=2026-11-25T13:00:04+01:00      | registered inbound
            until=2026-11-25T12:00:01Z           | delivered
            since=2026-11-25T12:00:01Z&until=2026-11-25T12:00:03Z | strange spam
            since=2026-11-25&until=2026-11-26    | registered inbound unconfirmed strange spam delivered
            until=2026-11-25                     | ''
            direction=inbound                    | inbound
            direction=outbound&status=DELIVERED  | delivered
            to=%2B1202*                          | registered unconfirmed strange spam delivered
            to=+1202*                            | registered unconfirmed strange spam delivered
            to=1202555*                          | registered unconfirmed strange spam delivered
            to=543*                              | inbound
            to=%2B1303*                          | ''
            from=1202555014*                     | inbound
            from=%2B1202555019*&status=ERROR     | strange spam
            carrier=AT%26T                       | spam
            carrier=AT                           | ''
            sent_since=2026-11-25T11:59:00Z      | spam
            sent_since=2026-11-25T11:59:01Z      | ''
            sent_until=2026-11-26                | spam
            sent_until=2026-11-25T11:59:00Z      | ''
            limit=1000                           | registered inbound unconfirmed strange spam delivered
            """)
    void aListHasWhatMatchesAndTheNewestFirst(String query, String expected) throws Exception {
        HttpResponse<String> response = get("/v1/messages" + (query.isEmpty() ? "" : "?" + query));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode page = JSON.readTree(response.body());
        assertThat(String.join(" ", ids(page))).isEqualTo(expected);
        assertThat(page.path("next_cursor").isNull()).isTrue();
    }

    /** A plus that a client does not encode is a blank in a query. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            to=whatsapp:+12025550177               | there
            to=whatsapp:%2B12025550177             | there
            to=whatsapp:%2012025550177             | there
            from=whatsapp:+12025550188             | there
            from=rcs:+12025550188                  | ''
            to=whatsapp:12025550177                | ''
            to=+4930123456                         | short
            to=%2B4930123456                       | short
            to=4930123456                          | ''
            to=+54321                              | inbound
            from=agent:+7                          | short
            from=agent:%2B7                        | ''
            """)
    void aBlankWhereOnlyAPlusCanBeIsAPlus(String query, String expected) throws Exception {
        add(DeliveryEvent.of(new MessageKey(SIGNED, "there"), Direction.OUTBOUND, Progress.DELIVERED, "said")
                .to("whatsapp:+12025550177")
                .from("whatsapp:+12025550188")
                .occurredAt(AT));
        add(DeliveryEvent.of(new MessageKey(SIGNED, "short"), Direction.OUTBOUND, Progress.DELIVERED, "said")
                .to("+4930123456")
                .from("agent:7")
                .occurredAt(AT));
        HttpResponse<String> response = get("/v1/messages?" + query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(String.join(" ", ids(JSON.readTree(response.body())))).isEqualTo(expected);
    }

    @Test
    void anItemIsTheDocumentOfItsMessage() throws Exception {
        JsonNode page = JSON.readTree(get("/v1/messages").body());
        for (JsonNode item : page.path("items")) {
            String id = item.path("id").asText();
            assertThat(item).isEqualTo(JSON.readTree(get("/v1/messages/" + id).body()));
        }
    }

    @Test
    void cursorsLeadThroughAllWhileMessagesArrive() throws Exception {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = JSON.readTree(get("/v1/messages?limit=2" + cursor).body());
            seen.addAll(ids(page));
            add(event(SIGNED, "later-" + seen.size(), Progress.SENT));
            JsonNode next = page.path("next_cursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asText();
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactly("registered", "inbound", "unconfirmed", "strange", "spam", "delivered");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            status=sent                   | status is one of SENT, ERROR, DELIVERED.
            provider=nobody               | provider is one of bandwidth, signed, telnyx, twilio.
            account=third                 | account is one of main, second.
            category=spam                 | category is one of spam_filter, opt_out,
            stuck=yes                     | stuck is true or false.
            conflict=1                    | conflict is true or false.
            unconfirmed=TRUE              | unconfirmed is true or false.
            since=tomorrow                | since is a time like 2026-11-25T12:00:00Z, a day like 2026-11-25
            until=%2B999999999-01-01T00:00:00Z | until is a time like 2026-11-25T12:00:00Z
            sent_since=2026-11-25T12:00   | sent_since is a time like 2026-11-25T12:00:00Z
            since=2026-11-25T12:00:00Z&until=2026-11-24T12:00:00Z | since is not after until.
            sent_since=2026-11-25&sent_until=2026-11-24 | sent_since is not after sent_until.
            direction=both                | direction is one of outbound, inbound.
            to=*                          | to is a number, a short code, a name or an address, or how one begins
            limit=0                       | limit is a number from 1 to 1000
            limit=1001                    | limit is a number from 1 to 1000
            limit=many                    | limit is a number from 1 to 1000
            cursor=abc                    | cursor is the next_cursor of the page before
            tag=                          | tag is empty
            to=%20                        | to is empty
            to=1.20256E%2B10              | to was rounded by a spreadsheet
            from='12025550103             | from begins with an apostrophe
            from=%2B12025550143,%2B12025550144 | from is one number, not several
            campaign=%C2%A0               | campaign is empty
            tag=a&tag=b                   | tag is given once
            limit=1&limit=1               | limit is given once
            colour=red                    | No parameter is called so: colour. There are status, provider,
            """)
    void aWrongParameterIsNamedWithWhatItMayBe(String query, String detail) throws Exception {
        HttpResponse<String> response = get("/v1/messages?" + query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(JSON.readTree(response.body()).path("detail").asText()).startsWith(detail);
    }

    @Test
    void whateverIsAskedForIsAnsweredAndNever500() throws Exception {
        Random random = new Random(20261125);
        List<String> values = List.of(
                "true",
                "SENT",
                "ERROR",
                "telnyx",
                "main",
                "12025550143",
                "40002",
                "spam_filter",
                "vote",
                "1",
                "-1",
                "%",
                "%00",
                "%zz",
                "%ff%fe",
                "%F0%9F%98%80",
                "9".repeat(400),
                "2026-11-25T12:00:00Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:60Z",
                "9999-12-31T23:59:59.999999999-18:00",
                "2026-02-30T00:00:00Z",
                "AQ",
                "",
                "+",
                "AQAAAAAAAAABAAAAAA",
                "%22%5C%0A",
                "a;b",
                "a=b");
        List<String> names = new ArrayList<>(MessageParameters.NAMES);
        names.addAll(List.of("limit", "cursor", "", "%zz", "x%00"));
        for (int i = 0; i < 600; i++) {
            StringBuilder query = new StringBuilder();
            for (int j = random.nextInt(3); j >= 0; j--) {
                query.append(names.get(random.nextInt(names.size())))
                        .append(random.nextInt(20) == 0 ? "" : "=")
                        .append(values.get(random.nextInt(values.size())))
                        .append(j == 0 ? "" : "&");
            }
            assertThat(statusOf(query.toString())).as(query.toString()).isIn(200, 400);
        }
    }

    /** By hand: the client refuses to send what is no URL. */
    private int statusOf(String query) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write(("GET /v1/messages?" + query + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                    + "Authorization: Bearer " + TestServer.TOKEN + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        }
    }

    @Test
    void aLookUpHasWhatIsThereAndSaysWhatIsNot() throws Exception {
        add(event(TELNYX, "delivered", Progress.SENT));
        JsonNode answer = JSON.readTree(lookup("{\"ids\":[\"spam\",\"no\",\"delivered\",\"spam\",\"nor this\"]}")
                .body());
        assertThat(ids(answer)).containsExactly("spam", "delivered", "delivered");
        assertThat(answer.at("/items/1/provider").asText()).isEqualTo("signed");
        assertThat(answer.at("/items/2/provider").asText()).isEqualTo("telnyx");
        assertThat(answer.path("missing").toString()).isEqualTo("[\"no\",\"nor this\"]");
        assertThat(JSON.readTree(lookup("{\"ids\":[]}").body()).path("items")).isEmpty();
    }

    @Test
    void aThousandIdsAreLookedUpAtOnceAndNoMore() throws Exception {
        List<String> ids =
                IntStream.range(0, 1_000).mapToObj(i -> "\"" + i + "\"").toList();
        HttpResponse<String> most = lookup("{\"ids\":[" + String.join(",", ids) + "]}");
        assertThat(most.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(most.body()).path("missing")).hasSize(1_000);
        HttpResponse<String> more = lookup("{\"ids\":[\"x\"," + String.join(",", ids) + "]}");
        assertThat(more.statusCode()).isEqualTo(400);
        assertThat(more.body()).contains("up to 1000 message ids, not 1001");
        assertThat(lookup("{\"ids\":[\"" + "x".repeat(TestServer.MAX_BODY) + "\"]}")
                        .statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                          | The body is
            not json                    | The body is not JSON
            []                          | The body is an object with one field
            {"ids":"spam"}              | The body is an object with one field
            {"ids":["spam"],"more":1}   | The body is an object with one field
            {"ids":["spam",7]}          | ids[1] is not a text
            {"ids":[""]}                | ids[0] is not a text
            """)
    void aBodyThatIsNoLookUpIsAProblem(String body, String detail) throws Exception {
        HttpResponse<String> response = lookup(body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(response.body()).path("detail").asText()).startsWith(detail);
    }
}
