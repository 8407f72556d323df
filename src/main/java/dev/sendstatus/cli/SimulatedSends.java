package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import java.io.IOException;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Registers simulated messages with {@code POST /v1/messages}, as the program that sent them would. One thread. */
final class SimulatedSends {
    /** The campaign of all simulated messages. */
    static final String CAMPAIGN = "simulation";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MediaType MEDIA_TYPE = MediaType.get("application/json");
    private static final int AT_ONCE = 200;

    private final OkHttpClient client =
            new OkHttpClient.Builder().callTimeout(Duration.ofSeconds(30)).build();
    private final HttpUrl messages;
    private final String token;
    private ArrayNode waiting = JSON.createArrayNode();
    private long registered;

    SimulatedSends(HttpUrl server, String token) {
        this.messages = server.newBuilder().addPathSegments("v1/messages").build();
        this.token = token;
    }

    void add(CallbackSender sender, SimulatedMessage message) {
        waiting.addObject()
                .put("provider", sender.account().provider().word())
                .put("account", sender.account().name())
                .put("id", message.id())
                .put("from", message.from())
                .put("sent_at", message.sentAt().toString())
                .put("campaign", CAMPAIGN)
                .putArray("to")
                .add(message.to());
    }

    /** How many the server has confirmed. */
    long registered() {
        return registered;
    }

    void registerIfMany() throws CommandFailed {
        if (waiting.size() >= AT_ONCE) {
            register();
        }
    }

    /** Registers those that wait. */
    void register() throws CommandFailed {
        if (waiting.isEmpty()) {
            return;
        }
        Request request = new Request.Builder()
                .url(messages)
                .header("Authorization", "Bearer " + token)
                .post(RequestBody.create(waiting.toString(), MEDIA_TYPE))
                .build();
        try (Response response = client.newCall(request).execute()) {
            JsonNode answer = JSON.readTree(response.body().bytes());
            if (response.code() != 200) {
                throw new CommandFailed("The sends were not registered: HTTP " + response.code() + ", "
                        + answer.path("detail").asText("without a reason"));
            }
            for (JsonNode item : answer.path("items")) {
                if (item.path("result").asText().equals("error")) {
                    throw new CommandFailed(
                            "A send was not registered: " + item.path("problem").asText());
                }
                registered++;
            }
        } catch (IOException e) {
            throw new CommandFailed(
                    "The sends were not registered: no answer, or one that is not Sendstatus's, at " + messages);
        }
        waiting = JSON.createArrayNode();
    }
}
