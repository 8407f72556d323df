package dev.sendstatus.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.MessageLookup;
import dev.sendstatus.provider.ProviderAdapter;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** A provider's API over HTTP, with its real bodies, and with faults at chosen requests. */
abstract class ApiStub implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    /** A message at the provider. */
    record Message(String id, Instant sentAt, String status, boolean inbound) {}

    final MockWebServer server = new MockWebServer();
    final ConcurrentLinkedQueue<RecordedRequest> requests = new ConcurrentLinkedQueue<>();
    final List<Message> messages = new ArrayList<>();
    private final Map<Integer, MockResponse> faults = new HashMap<>();
    private final Map<String, Message> byId = new HashMap<>();
    private @Nullable MockResponse always;
    private int reads;

    ApiStub() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.add(request);
                return answer(request);
            }
        });
        server.start();
    }

    private synchronized MockResponse answer(RecordedRequest request) {
        HttpUrl url = Objects.requireNonNull(request.getUrl());
        if (url.encodedPath().endsWith("/oauth2/token")) {
            return json(fixture("bandwidth/api/token.json"));
        }
        reads++;
        MockResponse fault = faults.remove(reads);
        if (fault == null) {
            fault = always;
        }
        return fault != null ? fault : answer(url);
    }

    abstract MockResponse answer(HttpUrl url);

    abstract ProviderAdapter<?> adapter();

    abstract Map<String, String> settings();

    void add(Message message) {
        messages.add(message);
        byId.put(message.id(), message);
    }

    @Nullable
    Message message(String id) {
        return byId.get(id);
    }

    /** The nth read, from 1, is answered so. */
    void fault(int read, MockResponse response) {
        faults.put(read, response);
    }

    void always(@Nullable MockResponse response) {
        this.always = response;
    }

    int reads() {
        return (int) requests.stream()
                .filter(request -> "GET".equals(request.getMethod()))
                .count();
    }

    List<Message> between(Instant from, Instant to) {
        return messages.stream()
                .filter(message ->
                        !message.sentAt().isBefore(from) && !message.sentAt().isAfter(to))
                .toList();
    }

    MessageLookup lookup(InstantSource clock) throws Exception {
        return lookup(adapter(), clock);
    }

    private <K> MessageLookup lookup(ProviderAdapter<K> adapter, InstantSource clock) throws Exception {
        Account<K> account = new Account<>(new AccountName(adapter.provider(), "main"), true, adapter.keys(settings()));
        return Objects.requireNonNull(
                adapter.lookup(account, new ApiSettings(server.url("/").uri(), TIMEOUT, clock)));
    }

    static MockResponse json(JsonNode body) {
        return new MockResponse(200, Headers.of("Content-Type", "application/json"), body.toString());
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static ObjectNode fixture(String name) {
        try (InputStream file = ApiStub.class.getResourceAsStream("/provider/" + name)) {
            return (ObjectNode) JSON.readTree(Objects.requireNonNull(file, name));
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
