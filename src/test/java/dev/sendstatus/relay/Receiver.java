package dev.sendstatus.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.standardwebhooks.Webhook;
import dev.sendstatus.outbound.Destination;
import dev.sendstatus.outbound.SigningSecret;
import dev.sendstatus.state.Change;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A receiver on this host that checks every push by the public library, and answers as a test says. */
final class Receiver implements AutoCloseable {
    static final MockResponse OK = status(200);

    final String secret = SigningSecret.make();
    final MockWebServer server = new MockWebServer();
    /** All that came, in the order of arrival. */
    final List<Received> received = new CopyOnWriteArrayList<>();
    /** Of these, those that were answered with 2xx. */
    final List<Received> taken = new CopyOnWriteArrayList<>();

    final List<String> wrong = new CopyOnWriteArrayList<>();
    volatile Function<Received, MockResponse> answer = push -> OK;

    /** A push that came. */
    record Received(String id, String type, JsonNode data, String body) {
        long sequence() {
            return data.path("sequence").asLong();
        }

        String message() {
            return data.path("id").asText();
        }
    }

    Receiver() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                Received push = read(request);
                received.add(push);
                MockResponse said = answer.apply(push);
                if (said.getCode() / 100 == 2) {
                    taken.add(push);
                }
                return said;
            }
        });
        server.start();
    }

    static MockResponse status(int code) {
        return new MockResponse.Builder().code(code).build();
    }

    private Received read(RecordedRequest request) {
        String body = Objects.requireNonNull(request.getBody()).utf8();
        String id = header(request, "webhook-id");
        String timestamp = header(request, "webhook-timestamp");
        List<String> signatures =
                Arrays.asList(header(request, "webhook-signature").split(" "));
        try {
            Webhook webhook = new Webhook(secret);
            if (!signatures.contains(webhook.sign(id, Long.parseLong(timestamp), body))) {
                wrong.add(id + " is signed wrongly");
            }
            // Where a test moved the clock, the library finds it too far from now.
            if (Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) < 60) {
                webhook.verify(body, request.getHeaders().toMultimap());
            }
            JsonNode event = JsonMapper.builder().build().readTree(body);
            return new Received(id, event.path("type").asText(), event.path("data"), body);
        } catch (Exception e) {
            wrong.add(id + ": " + e);
            throw new IllegalStateException(e);
        }
    }

    private static String header(RecordedRequest request, String name) {
        return Objects.requireNonNull(request.getHeaders().get(name), name);
    }

    /** What it took, each push once. */
    List<Received> distinct() {
        Map<String, Received> byId = new LinkedHashMap<>();
        taken.forEach(push -> byId.putIfAbsent(push.id(), push));
        return List.copyOf(byId.values());
    }

    /** The sequences of one message's changes that it took, each once. */
    List<Long> of(String message) {
        return distinct().stream()
                .filter(push -> push.message().equals(message))
                .map(Received::sequence)
                .toList();
    }

    /** All messages whose changes it took first in another order than theirs. */
    Set<String> outOfOrder() {
        Set<String> found = new LinkedHashSet<>();
        Map<String, Long> last = new LinkedHashMap<>();
        for (Received push : distinct()) {
            Long before = last.put(push.message(), push.sequence());
            if (before != null && before > push.sequence()) {
                found.add(push.message());
            }
        }
        return found;
    }

    /** An endpoint that is this. */
    EndpointSettings endpoint(String name) {
        return endpoint(name, 8, Duration.ofSeconds(15));
    }

    EndpointSettings endpoint(String name, int concurrency, Duration timeout) {
        return new EndpointSettings(
                name,
                new Destination(server.url("/hook"), List.of(SigningSecret.read(secret)), timeout, true),
                Set.of(Change.Type.SENT, Change.Type.DELIVERED, Change.Type.FAILED, Change.Type.UNCONFIRMED),
                Set.of(),
                Set.of(),
                Set.of(),
                concurrency,
                true);
    }

    @Override
    public void close() {
        server.close();
    }
}
