package dev.sendstatus.provider.bandwidth;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.sendstatus.provider.CallbackSimulator.Outcome;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import dev.sendstatus.provider.Words;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The body of a simulated callback: an array of one event, its fields in the order in which Bandwidth sends them. */
final class SimulatedBody {
    private static final int GSM_LETTERS = 160;
    private static final int UNICODE_LETTERS = 70;
    private static final int LONGEST_INTEGER = 9;
    private static final String BODY = """
        [{"time":"%s","type":"%s","to":%s,"description":"%s","message":{"id":%s,"owner":%s,\
        "applicationId":"93de2206-9669-4e07-948d-329f4b722ee2","time":"%s","segmentCount":%d,"direction":"%s",\
        "to":[%3$s],"from":%s,"text":%s}%s}]\
        """;

    /** The type of each outcome's event, and its description. */
    private record Kind(String type, String description) {
        static Kind of(Outcome outcome) {
            return switch (outcome) {
                case ACCEPTED -> new Kind("message-sending", "Message is sending to carrier");
                case SENT -> new Kind("message-sent", "Message sent to carrier");
                case DELIVERED -> new Kind("message-delivered", "ok");
                case FAILED -> new Kind("message-failed", "failed");
                case UNCONFIRMED -> new Kind("message-failed", "delivery-receipt-expired");
                case RECEIVED -> new Kind("message-received", "Incoming message received");
            };
        }
    }

    private SimulatedBody() {}

    static byte[] of(SimulatedMessage message) {
        boolean inbound = message.outcome() == Outcome.RECEIVED;
        Kind kind = Kind.of(message.outcome());
        String code = errorCode(message);
        return BODY.formatted(
                        message.occurredAt(),
                        kind.type(),
                        json(message.to()),
                        kind.description(),
                        json(message.id()),
                        json(inbound ? message.to() : message.from()),
                        message.sentAt(),
                        segments(message.text()),
                        inbound ? "in" : "out",
                        json(message.from()),
                        // Status callbacks have had an empty text since about 2020.
                        inbound ? json(message.text()) : "\"\",\"tag\":\"\"",
                        code == null ? "" : ",\"errorCode\":" + code)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Bandwidth has one code only for what it could not confirm; it is given whatever was asked for. */
    private static @Nullable String errorCode(SimulatedMessage message) {
        String code = message.errorCode();
        return switch (message.outcome()) {
            case FAILED -> code == null || isInteger(code) ? code : json(code);
            case UNCONFIRMED -> BandwidthStatuses.RECEIPT_EXPIRED;
            case ACCEPTED, SENT, DELIVERED, RECEIVED -> null;
        };
    }

    private static boolean isInteger(String code) {
        return Words.isDigits(code) && !code.isEmpty() && !code.startsWith("0") && code.length() <= LONGEST_INTEGER;
    }

    private static String json(String text) {
        return TextNode.valueOf(text).toString();
    }

    private static int segments(String text) {
        int limit = text.chars().allMatch(c -> c < 0x80) ? GSM_LETTERS : UNICODE_LETTERS;
        return Math.max(1, (text.length() + limit - 1) / limit);
    }
}
