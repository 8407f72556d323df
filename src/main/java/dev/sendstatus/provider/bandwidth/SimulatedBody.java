package dev.sendstatus.provider.bandwidth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sendstatus.provider.CallbackSimulator.Outcome;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The body of a simulated callback: an array of one event, its fields in the order in which Bandwidth sends them. */
final class SimulatedBody {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String APPLICATION_ID = "93de2206-9669-4e07-948d-329f4b722ee2";
    private static final int GSM_LETTERS = 160;
    private static final int UNICODE_LETTERS = 70;
    private static final int LONGEST_INTEGER = 9;

    private SimulatedBody() {}

    static byte[] of(SimulatedMessage message) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(768);
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartArray();
            event(json, message);
            json.writeEndArray();
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return body.toByteArray();
    }

    private static void event(JsonGenerator json, SimulatedMessage message) throws IOException {
        boolean inbound = message.outcome() == Outcome.RECEIVED;
        String code = errorCode(message);
        json.writeStartObject();
        json.writeStringField("time", message.occurredAt().toString());
        json.writeStringField("type", type(message.outcome()));
        json.writeStringField("to", message.to());
        json.writeStringField("description", description(message.outcome()));
        json.writeObjectFieldStart("message");
        json.writeStringField("id", message.id());
        json.writeStringField("owner", inbound ? message.to() : message.from());
        json.writeStringField("applicationId", APPLICATION_ID);
        json.writeStringField("time", message.sentAt().toString());
        json.writeNumberField("segmentCount", segments(message.text()));
        json.writeStringField("direction", inbound ? "in" : "out");
        json.writeArrayFieldStart("to");
        json.writeString(message.to());
        json.writeEndArray();
        json.writeStringField("from", message.from());
        // Status callbacks have had an empty text since about 2020.
        json.writeStringField("text", inbound ? message.text() : "");
        if (!inbound) {
            json.writeStringField("tag", "");
        }
        json.writeEndObject();
        if (code != null) {
            errorCode(json, code);
        }
        json.writeEndObject();
    }

    private static String type(Outcome outcome) {
        return switch (outcome) {
            case ACCEPTED -> "message-sending";
            case SENT -> "message-sent";
            case DELIVERED -> "message-delivered";
            case FAILED, UNCONFIRMED -> "message-failed";
            case RECEIVED -> "message-received";
        };
    }

    private static String description(Outcome outcome) {
        return switch (outcome) {
            case ACCEPTED -> "Message is sending to carrier";
            case SENT -> "Message sent to carrier";
            case DELIVERED -> "ok";
            case FAILED -> "failed";
            case UNCONFIRMED -> "delivery-receipt-expired";
            case RECEIVED -> "Incoming message received";
        };
    }

    /** Bandwidth has one code only for what it could not confirm; it is given whatever was asked for. */
    private static @Nullable String errorCode(SimulatedMessage message) {
        return switch (message.outcome()) {
            case FAILED -> message.errorCode();
            case UNCONFIRMED -> BandwidthStatuses.RECEIPT_EXPIRED;
            case ACCEPTED, SENT, DELIVERED, RECEIVED -> null;
        };
    }

    private static void errorCode(JsonGenerator json, String code) throws IOException {
        boolean integer = !code.isEmpty()
                && code.length() <= LONGEST_INTEGER
                && code.chars().allMatch(c -> c >= '0' && c <= '9');
        if (integer) {
            json.writeNumberField("errorCode", Integer.parseInt(code));
        } else {
            json.writeStringField("errorCode", code);
        }
    }

    private static int segments(String text) {
        int limit = text.chars().allMatch(c -> c < 0x80) ? GSM_LETTERS : UNICODE_LETTERS;
        return Math.max(1, (text.length() + limit - 1) / limit);
    }
}
