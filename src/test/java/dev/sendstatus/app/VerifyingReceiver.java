package dev.sendstatus.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.standardwebhooks.Webhook;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** A receiver of pushes that verifies each by the public library, takes it, and notes what it said. */
final class VerifyingReceiver extends Dispatcher {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** By the change's sequence. */
    final Map<Long, Set<String>> ids = new ConcurrentHashMap<>();

    final Set<String> messages = ConcurrentHashMap.newKeySet();
    final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final String secret;

    VerifyingReceiver(String secret) {
        this.secret = secret;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        try {
            String body = Objects.requireNonNull(request.getBody()).utf8();
            new Webhook(secret).verify(body, request.getHeaders().toMultimap());
            JsonNode change = JSON.readTree(body).path("data");
            ids.computeIfAbsent(change.path("sequence").asLong(), sequence -> ConcurrentHashMap.newKeySet())
                    .add(request.getHeaders().get("webhook-id"));
            messages.add(change.path("id").asText());
        } catch (Exception e) {
            wrong.add(e.toString());
        }
        return new MockResponse.Builder().code(204).build();
    }
}
