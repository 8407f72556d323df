package dev.sendstatus.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Cost;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.event.Source;
import dev.sendstatus.ingest.IngestQueue;
import dev.sendstatus.ingest.IngestSettings;
import dev.sendstatus.ingest.MinuteLog;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.sqlite.SqliteDialect;
import dev.sendstatus.store.sqlite.SqliteFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportRoutesTest {
    private static final Instant AT = Instant.parse("2026-11-25T12:00:00Z");
    private static final String TOKEN = "test-token";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Some megabytes: more than the sockets of both sides hold. */
    private static final int MANY = 40_000;

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private Store store;
    private Reads reads;
    private CountingScans scans;
    private HttpServer server;

    @BeforeEach
    void start() throws StoreException {
        SqliteFile file = SqliteFile.of(TestDatabase.file(folder.resolve("test.db")));
        store = Store.open(new SqliteDialect(file));
        reads = Reads.open(new SqliteDialect(file));
        scans = new CountingScans(reads);
        Catalogue catalogue =
                Catalogue.of(List.of(new Provider("telnyx"), new Provider("twilio"), new Provider("bandwidth")));
        MessageDocument document = new MessageDocument(
                SendStatus.SENT, catalogue, new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7)));
        ExportRoutes routes = new ExportRoutes(
                scans::of,
                new ListParameters(reads, List.of(), document),
                document,
                InstantSource.system(),
                new IngestQueue(new IngestSettings(1, Duration.ofSeconds(1))),
                Duration.ofSeconds(2));
        server = new HttpServer(
                        new HttpSettings("127.0.0.1", 0, URI.create("https://status.example.com"), 10_000),
                        new Tokens(TOKEN, reads, InstantSource.system()),
                        new RefusedRequests(new SimpleMeterRegistry(), new MinuteLog(InstantSource.system())),
                        new org.eclipse.jetty.server.Handler.Wrapper(),
                        List.of(routes::install))
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        reads.close();
        store.close();
    }

    @Test
    void csvHasARowForEachRecipientWithWhatItsCodeMeans() throws Exception {
        group("g1");
        HttpResponse<String> answer = get("/v1/export.csv");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8; header=present");
        assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                .matches("attachment; filename=\"messages-\\d{4}-\\d\\d-\\d\\dT\\d{6}Z\\.csv\"");
        assertThat(answer.body()).contains("\r\n").doesNotContainPattern("[^\r]\n");
        List<NamedCsvRecord> rows = rows(answer.body());
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).getField("to")).isEqualTo("+12025550143");
        assertThat(rows.get(0).getField("sendStatus")).isEqualTo("ERROR");
        assertThat(rows.get(0).getField("errorCodes")).isEqualTo("4770");
        assertThat(rows.get(0).getField("category")).isEqualTo("spam_filter");
        assertThat(rows.get(0).getField("charged")).isEqualTo("yes");
        assertThat(rows.get(0).getField("advice")).isNotEmpty();
        assertThat(rows.get(1).getField("sendStatus")).isEqualTo("DELIVERED");
        assertThat(rows.get(1).getField("message_status")).isEqualTo("ERROR");
        assertThat(rows.get(1).getField("advice")).isEmpty();
    }

    @Test
    void whatTheMessageHasOnceStandsInItsFirstRowOnly() throws Exception {
        group("g1");
        List<NamedCsvRecord> rows = rows(get("/v1/export.csv").body());
        assertThat(rows).extracting(row -> row.getField("segments")).containsExactly("3", "");
        assertThat(rows).extracting(row -> row.getField("cost")).containsExactly("0.0120", "");
        assertThat(rows).extracting(row -> row.getField("currency")).containsExactly("USD", "");
        assertThat(rows).extracting(row -> row.getField("campaign")).containsOnly("'=HYPERLINK(\"http://x\")");
        assertThat(rows).extracting(row -> row.getField("tags")).containsOnly("a;b");
    }

    @Test
    void noCellRunsAsAFormulaAndNumbersStayAsTheyAre() throws Exception {
        group("=1+1");
        for (NamedCsvRecord row : rows(get("/v1/export.csv").body())) {
            for (String cell : row.getFields()) {
                assertThat(cell).doesNotMatch("(?s)[=@\\t\\r\\n-].*").doesNotMatch("\\+.*[^0-9].*");
            }
            assertThat(row.getField("id")).isEqualTo("'=1+1");
            assertThat(row.getField("from")).isEqualTo("+12025550100");
        }
    }

    @Test
    void jsonLinesAreTheDocumentsOfTheMessagesNewestFirst() throws Exception {
        group("g1");
        many(3);
        HttpResponse<String> answer = get("/v1/export.jsonl");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/x-ndjson");
        List<String> ids = new ArrayList<>();
        for (String line : answer.body().split("\n", -1)) {
            if (!line.isEmpty()) {
                JsonNode document = JSON.readTree(line);
                assertThat(document.path("recipients").isArray()).isTrue();
                ids.add(document.path("id").asText());
            }
        }
        assertThat(ids).containsExactly("m2", "m1", "m0", "g1");
        assertThat(answer.body()).endsWith("}\n");
    }

    @Test
    void theFiltersOfTheListSelect() throws Exception {
        group("g1");
        many(5);
        assertThat(rows(get("/v1/export.csv?status=ERROR").body())).hasSize(2);
        assertThat(rows(get("/v1/export.csv?provider=twilio").body())).hasSize(5);
        assertThat(rows(get("/v1/export.csv?provider=twilio&status=ERROR").body()))
                .isEmpty();
        HttpResponse<String> wrong = get("/v1/export.csv?status=LOST");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("status is one of");
        assertThat(wrong.headers().firstValue("Content-Disposition")).isEmpty();
        assertThat(get("/v1/export.csv?limit=3").statusCode()).isEqualTo(400);
    }

    @Test
    void headSaysWhatThereWouldBeAndReadsNothing() throws Exception {
        HttpResponse<String> answer = client.send(
                request("/v1/export.csv")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Disposition")).isPresent();
        assertThat(scans.opened()).isZero();
    }

    @Test
    void anExportIsOfOneMomentWhateverComesMeanwhile() throws Exception {
        many(MANY);
        try (Socket slow = ask("/v1/export.jsonl")) {
            InputStream body = slow.getInputStream();
            assertThat(body.readNBytes(100)).hasSize(100);
            group("g1");
            String all = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(all.contains("\"id\":\"m0\"")).as("the oldest is there").isTrue();
            assertThat(all.contains("\"id\":\"g1\""))
                    .as("what came meanwhile is there")
                    .isFalse();
            assertThat(all.substring(all.length() - 7)).isEqualTo("\r\n0\r\n\r\n");
        }
    }

    @Test
    void aClientThatGoesAwayFreesTheReadTransactionAtOnce() throws Exception {
        many(MANY);
        try (Socket client = ask("/v1/export.jsonl")) {
            assertThat(client.getInputStream().readNBytes(100)).hasSize(100);
            assertThat(scans.open()).isEqualTo(1);
        }
        await().atMost(Duration.ofSeconds(1)).until(() -> scans.open() == 0);
    }

    @Test
    void aClientThatStallsIsCutOff() throws Exception {
        many(MANY);
        try (Socket stalled = ask("/v1/export.jsonl")) {
            assertThat(stalled.getInputStream().readNBytes(100)).hasSize(100);
            assertThat(scans.open()).isEqualTo(1);
            await().atMost(Duration.ofSeconds(10)).until(() -> scans.open() == 0);
            assertThat(ends(stalled.getInputStream()))
                    .as("the end of the body must not come")
                    .isFalse();
        }
    }

    @Test
    void whatFailsInTheMiddleDoesNotLookLikeAnEnd() throws Exception {
        many(MANY);
        scans.failAfter(MANY / 2);
        try (Socket client = ask("/v1/export.jsonl")) {
            assertThat(ends(client.getInputStream())).isFalse();
        }
        assertThat(scans.open()).isZero();
        scans.failAfter(0);
        HttpResponse<String> answer = get("/v1/export.csv");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void aThirdAtOnceIsToldToComeAgain() throws Exception {
        many(MANY);
        try (Socket one = ask("/v1/export.jsonl");
                Socket two = ask("/v1/export.csv")) {
            assertThat(one.getInputStream().readNBytes(100)).hasSize(100);
            assertThat(two.getInputStream().readNBytes(100)).hasSize(100);
            HttpResponse<String> third = get("/v1/export.csv");
            assertThat(third.statusCode()).isEqualTo(503);
            assertThat(third.headers().firstValue("Retry-After")).contains("10");
        }
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> assertThat(get("/v1/export.csv?status=ERROR").statusCode())
                                .isEqualTo(200));
    }

    /** Whether what is sent there comes to its proper end. */
    private static boolean ends(InputStream body) {
        try {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8).endsWith("\r\n0\r\n\r\n");
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset");
            return false;
        }
    }

    private Socket ask(String path) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setReceiveBufferSize(16 * 1024);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                                + TOKEN + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void group(String id) throws StoreException {
        MessageKey key = new MessageKey(new Provider("bandwidth"), id);
        Registration registration = new Registration(
                List.of(new Recipient("+12025550143"), new Recipient("+12025550144")),
                "r-1",
                "=HYPERLINK(\"http://x\")",
                List.of("b", "a"),
                List.of());
        DeliveryEvent.Builder failed = DeliveryEvent.of(key, Direction.OUTBOUND, Progress.FAILED, "message-failed")
                .to("+12025550143")
                .errorCode("4770")
                .from("+12025550100")
                .segments(3)
                .registration(registration)
                .cost(new Cost(new BigDecimal("0.0120"), "USD"));
        DeliveryEvent.Builder delivered = DeliveryEvent.of(
                        key, Direction.OUTBOUND, Progress.DELIVERED, "message-delivered")
                .to("+12025550144");
        store.commit(List.of(incoming(List.of(failed.build(), delivered.build()))));
    }

    private void many(int count) throws StoreException {
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batch.add(incoming(List.of(DeliveryEvent.of(
                            new MessageKey(new Provider("twilio"), "m" + i),
                            Direction.OUTBOUND,
                            Progress.DELIVERED,
                            "delivered")
                    .to("+12025550143")
                    .build())));
        }
        store.commit(batch);
    }

    private static Incoming incoming(List<DeliveryEvent> events) {
        return new Incoming(
                new AccountName(events.get(0).message().provider(), "main"),
                Source.WEBHOOK,
                AT,
                new RawCallback("POST", null, null, "{}".getBytes(StandardCharsets.UTF_8)),
                events,
                null);
    }

    private static List<NamedCsvRecord> rows(String text) {
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(text)) {
            return csv.stream().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + TOKEN);
    }
}
