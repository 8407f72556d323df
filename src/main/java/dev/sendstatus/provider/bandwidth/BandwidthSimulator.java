package dev.sendstatus.provider.bandwidth;

import static java.util.Map.entry;

import dev.sendstatus.provider.CallbackSimulator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.random.RandomGenerator;

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

    @Override
    public Map<String, String> demoSettings(RandomGenerator random) {
        return Map.of(
                BandwidthSettings.ACCOUNT_ID,
                "9900000",
                BandwidthSettings.USERNAME,
                "demo-" + letters(random, ID_LETTERS),
                BandwidthSettings.PASSWORD,
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
        String credentials =
                required(settings, BandwidthSettings.USERNAME) + ":" + required(settings, BandwidthSettings.PASSWORD);
        String authorization =
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return new SignedCallback(
                "POST",
                null,
                Map.of(
                        "Content-Type", "application/json; charset=utf-8",
                        "User-Agent", "BandwidthAPI/v2",
                        "Authorization", authorization),
                SimulatedBody.of(message));
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
