package dev.sendstatus.provider.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.LookupAnswer;
import dev.sendstatus.provider.LookupWindow;
import dev.sendstatus.provider.MessageLookup;
import dev.sendstatus.provider.WebhookApi;
import dev.sendstatus.provider.WebhookResource;
import dev.sendstatus.provider.WebhookUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proves that the example has what a real provider has beside its callbacks: a look-up, webhooks, a hint. */
final class ExampleApiTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final LookupWindow WINDOW = new LookupWindow(NOW.minusSeconds(7_200), NOW, false);
    private static final WebhookUrl WANTED =
            new WebhookUrl("https://status.example.com/webhooks/example/main", List.of());
    private static final String MESSAGE =
            "{\"message\":\"a/b\",\"status\":\"failed\",\"to\":\"+12025550123\",\"code\":\"E7\",\"parts\":2}";

    private final MockWebServer server = new MockWebServer();
    private final ExampleAdapter adapter = new ExampleAdapter();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aMessageIsLookedUpByItsId() throws Exception {
        answer(200, MESSAGE);
        DeliveryEvent event = found(lookup().one("a/b")).events().get(0);
        assertThat(event.progress()).isEqualTo(Progress.FAILED);
        assertThat(event.errorCode()).isEqualTo("E7");
        assertThat(event.segments()).isEqualTo(2);
        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).startsWith("GET /v1/messages/a%2Fb ");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer key-1");
    }

    @Test
    void theMessagesOfATimeAreListedPageByPage() throws Exception {
        answer(200, "{\"messages\":[" + MESSAGE + ",{}],\"next\":\"p2\",\"total\":3}");
        LookupAnswer.Found page = found(lookup().list(WINDOW, null));
        assertThat(page.events()).hasSize(1);
        assertThat(page.notUnderstood()).containsExactly("message is missing");
        assertThat(page.rows()).isEqualTo(2);
        assertThat(page.total()).isEqualTo(3);
        answer(200, "{\"messages\":[],\"total\":3}");
        assertThat(found(lookup().list(WINDOW, page.next())).next()).isNull();
        assertThat(server.takeRequest().getTarget())
                .contains("direction=outbound")
                .doesNotContain("page=");
        assertThat(server.takeRequest().getTarget()).contains("page=p2");
    }

    @Test
    void anAnswerOfAnotherKindIsNoMessage() throws Exception {
        answer(200, "{\"messages\":7}");
        assertThat(lookup().list(WINDOW, null)).isInstanceOf(LookupAnswer.Failed.class);
        answer(404, "{}");
        assertThat(lookup().one("m1")).isInstanceOf(LookupAnswer.Missing.class);
    }

    @Test
    void webhooksAreComparedAndMended() throws Exception {
        answer(
                200,
                "{\"webhooks\":[{\"id\":\"w1\",\"name\":\"main\",\"url\":\"" + WANTED.url() + "\"}],\"next\":\"2\"}");
        answer(200, "{\"webhooks\":[{\"id\":\"w2\",\"name\":\"\",\"url\":null}]}");
        WebhookApi api = Objects.requireNonNull(adapter.webhooks(account(Map.of("api-key", "key-1")), api()));
        List<WebhookResource> found = api.resources(WANTED);
        assertThat(found).extracting(WebhookResource::right).containsExactly(true, false);
        answer(200, "{}");
        api.apply(found.get(1));
        assertThat(server.takeRequest().getTarget()).isEqualTo("/v1/webhooks");
        assertThat(server.takeRequest().getTarget()).isEqualTo("/v1/webhooks?page=2");
        RecordedRequest change = server.takeRequest();
        assertThat(change.getRequestLine()).startsWith("PATCH /v1/webhooks/w2 ");
        assertThat(Objects.requireNonNull(change.getBody()).utf8()).isEqualTo("{\"url\":\"" + WANTED.url() + "\"}");
    }

    @Test
    void withoutAKeyNeitherIsToBeHad() throws Exception {
        Account<ExampleKeys> account = account(Map.of());
        assertThat(adapter.lookup(account, api())).isNull();
        assertThatThrownBy(() -> adapter.webhooks(account, api())).hasMessageContaining("EXAMPLE_API_KEY");
    }

    @Test
    void aHintNamesTheLineEndThatAProxyAdded() throws Exception {
        byte[] sent = "{}".getBytes(StandardCharsets.UTF_8);
        ExampleSignature signature = ExampleSignature.by(ExampleSignature.key("secret-1"), NOW, sent);
        ConfiguredProvider<ExampleKeys> provider =
                new ConfiguredProvider<>(adapter, List.of(account(Map.of())), "no remedy");
        assertThat(provider.hint(request(signature, "{}\n"), null)).contains("account example/main", "line end");
        assertThat(provider.hint(request(signature, "{ }\n"), null)).isNull();
        assertThat(provider.hint(request(signature, "{}"), null)).isNull();
    }

    private static CallbackRequest request(ExampleSignature signature, String body) {
        String header = signature.seconds() + "," + signature.hash();
        return new CallbackRequest(
                "POST",
                WANTED.url(),
                null,
                name -> name.equals(ExampleSignature.HEADER) ? header : null,
                body.getBytes(StandardCharsets.UTF_8),
                NOW);
    }

    private void answer(int status, String body) {
        server.enqueue(new MockResponse(status, Headers.of(), body));
    }

    private static LookupAnswer.Found found(LookupAnswer answer) {
        assertThat(answer).isInstanceOf(LookupAnswer.Found.class);
        return (LookupAnswer.Found) answer;
    }

    private MessageLookup lookup() throws InvalidAccount {
        return Objects.requireNonNull(adapter.lookup(account(Map.of("api-key", "key-1")), api()));
    }

    private ApiSettings api() {
        return new ApiSettings(server.url("/").uri(), Duration.ofSeconds(10), () -> NOW);
    }

    private Account<ExampleKeys> account(Map<String, String> more) throws InvalidAccount {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("secret", "secret-1");
        return new Account<>(new AccountName(ExampleAdapter.PROVIDER, "main"), true, adapter.keys(settings));
    }
}
