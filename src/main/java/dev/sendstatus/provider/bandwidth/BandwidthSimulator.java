package dev.sendstatus.provider.bandwidth;

import static java.util.Map.entry;

import dev.sendstatus.provider.CallbackSimulator;
import dev.sendstatus.provider.CallbackSimulator.SignedCallback;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import dev.sendstatus.provider.Words;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.random.RandomGenerator;
import okhttp3.Credentials;

/** Makes callbacks as Bandwidth's messaging sends them, credentials in the first request. */
final class BandwidthSimulator implements CallbackSimulator {
    private static final String LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LETTERS = 16;
    private static final int PASSWORD_LETTERS = 32;

    /** The most frequent failures of campaigns: spam filters, dead numbers, carrier refusals. 9902 is an outcome of its own. */
    private static final Map<String, Integer> ERROR_FREQUENCIES = Map.ofEntries(
            entry("4770", 30),
            entry("4720", 22),
            entry("4750", 14),
            entry("5620", 9),
            entry("4781", 6),
            entry("4775", 5),
            entry("4702", 4),
            entry("4406", 3),
            entry("5650", 2),
            entry("4470", 2),
            entry("4432", 1),
            entry("5600", 1),
            entry("9999", 1));

    /** An array of one event, its fields in the order in which Bandwidth sends them. */
    private static final String BODY = """
        [{"time":"%s","type":"%s","to":%s,"description":"%s","message":{"id":%s,"owner":%s,\
        "applicationId":"93de2206-9669-4e07-948d-329f4b722ee2","time":"%s","segmentCount":1,"direction":"%s",\
        "to":[%3$s],"from":%s,"text":%s}%s}]\
        """;

    @Override
    public Map<String, String> demoSettings(RandomGenerator random) {
        return Map.of(
                "account-id",
                "9900000",
                BandwidthKeys.USERNAME,
                "demo-" + letters(random, ID_LETTERS),
                BandwidthKeys.PASSWORD,
                letters(random, PASSWORD_LETTERS));
    }

    /** The milliseconds since 1970 and 16 letters and digits. */
    @Override
    public String newMessageId(RandomGenerator random, Instant now) {
        return now.toEpochMilli() + letters(random, ID_LETTERS);
    }

    /** Of a plain SMS only the end is told: {@code message-sending} is for MMS. */
    @Override
    public boolean reports(Outcome outcome) {
        return outcome != Outcome.ACCEPTED && outcome != Outcome.SENT;
    }

    @Override
    public Map<String, Integer> errorFrequencies() {
        return ERROR_FREQUENCIES;
    }

    @Override
    public SignedCallback callback(
            SimulatedMessage message, Map<String, String> settings, String publicUrl, Instant now) {
        String authorization = Credentials.basic(
                required(settings, BandwidthKeys.USERNAME),
                required(settings, BandwidthKeys.PASSWORD),
                StandardCharsets.UTF_8);
        return new SignedCallback(
                "POST",
                null,
                Map.of(
                        "Content-Type", "application/json; charset=utf-8",
                        "User-Agent", "BandwidthAPI/v2",
                        "Authorization", authorization),
                body(message).getBytes(StandardCharsets.UTF_8));
    }

    private static String body(SimulatedMessage message) {
        boolean inbound = message.outcome() == Outcome.RECEIVED;
        String[] typeAndDescription =
                switch (message.outcome()) {
                    case ACCEPTED -> new String[] {"message-sending", "Message is sending to carrier"};
                    case SENT -> new String[] {"message-sent", "Message sent to carrier"};
                    case DELIVERED -> new String[] {"message-delivered", "ok"};
                    case FAILED -> new String[] {"message-failed", "failed"};
                    case UNCONFIRMED -> new String[] {"message-failed", "delivery-receipt-expired"};
                    case RECEIVED -> new String[] {"message-received", "Incoming message received"};
                };
        // Bandwidth has one code only for what it could not confirm; it is given whatever was asked for.
        String code =
                message.outcome() == Outcome.UNCONFIRMED ? BandwidthStatuses.RECEIPT_EXPIRED : message.errorCode();
        return BODY.formatted(
                message.occurredAt(),
                typeAndDescription[0],
                CallbackSimulator.json(message.to()),
                typeAndDescription[1],
                CallbackSimulator.json(message.id()),
                CallbackSimulator.json(inbound ? message.to() : message.from()),
                message.sentAt(),
                inbound ? "in" : "out",
                CallbackSimulator.json(message.from()),
                // Status callbacks have had an empty text since about 2020.
                inbound ? CallbackSimulator.json(message.text()) : "\"\",\"tag\":\"\"",
                code == null ? "" : ",\"errorCode\":" + (Words.isDigits(code) ? code : CallbackSimulator.json(code)));
    }

    private static String required(Map<String, String> settings, String key) {
        String value = settings.get(key);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(
                    "Bandwidth's callbacks carry " + key + ", which the account does not set");
        }
        return value;
    }

    private static String letters(RandomGenerator random, int count) {
        StringBuilder letters = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            letters.append(LETTERS_AND_DIGITS.charAt(random.nextInt(LETTERS_AND_DIGITS.length())));
        }
        return letters.toString();
    }
}
