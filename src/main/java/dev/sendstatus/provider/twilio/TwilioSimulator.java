package dev.sendstatus.provider.twilio;

import dev.sendstatus.provider.CallbackSimulator;
import dev.sendstatus.provider.InvalidAccount;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes form callbacks as Twilio sends them for messages of a Messaging Service. */
final class TwilioSimulator implements CallbackSimulator {
    private static final DateTimeFormatter CARRIER_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Failures that come as a carrier's receipt; with any other code Twilio itself gave up. */
    private static final Set<String> FROM_RECEIPTS =
            Set.of("30003", "30004", "30005", "30006", "30007", "30008", "30034");

    /** In an order, so that the same source of chance draws the same codes in every run. */
    private static final Map<String, Integer> FREQUENCIES = Collections.unmodifiableMap(new TreeMap<>(Map.of(
            "30003", 30, "30006", 22, "30007", 18, "30005", 14, "30008", 8, "30034", 4, "21610", 2, "30004", 1, "30001",
            1)));

    /** Empty for most senders, and signed all the same. */
    private static final String[] GEOGRAPHY = {
        "ToCity", "ToState", "ToZip", "ToCountry", "FromCity", "FromState", "FromZip", "FromCountry"
    };

    /** Keys hold an object of every thread that signs, so they are not made anew for each callback. */
    private volatile @Nullable LastKeys lastKeys;

    private record LastKeys(Map<String, String> settings, TwilioKeys keys) {}

    @Override
    public Map<String, String> demoSettings(RandomGenerator random) {
        return Map.of(TwilioSettings.ACCOUNT_SID, "AC" + hex(random), TwilioSettings.AUTH_TOKEN, hex(random));
    }

    @Override
    public String newMessageId(RandomGenerator random, Instant now) {
        return "SM" + hex(random);
    }

    /** All but one: whether {@code delivery_unknown} is ever sent is not established. It can be asked for all the same. */
    @Override
    public boolean reports(Outcome outcome) {
        return outcome != Outcome.UNCONFIRMED;
    }

    @Override
    public Map<String, Integer> errorFrequencies() {
        return FREQUENCIES;
    }

    @Override
    public SignedCallback callback(
            SimulatedMessage message, Map<String, String> settings, String publicUrl, Instant now) {
        TwilioKeys keys = keys(settings);
        Map<String, String> parameters =
                message.outcome() == Outcome.RECEIVED ? inbound(message, keys) : status(message, keys);
        byte[] body = encoded(parameters);
        byte[] url = SignedUrl.forms(publicUrl, null).get(0);
        byte[] signature = keys.authToken().sign(url, FormDecoder.decode(body).signedText());
        String token = message.id() + message.outcome();
        return new SignedCallback(
                "POST",
                null,
                Map.of(
                        "Content-Type",
                        Carriage.FORM_TYPE + "; charset=UTF-8",
                        "User-Agent",
                        "TwilioProxy/1.1",
                        "I-Twilio-Idempotency-Token",
                        UUID.nameUUIDFromBytes(token.getBytes(StandardCharsets.UTF_8))
                                .toString(),
                        TwilioSignature.HEADER,
                        new String(signature, StandardCharsets.US_ASCII)),
                body);
    }

    private TwilioKeys keys(Map<String, String> settings) {
        LastKeys last = lastKeys;
        if (last != null && last.settings.equals(settings)) {
            return last.keys;
        }
        try {
            TwilioKeys keys = TwilioSettings.keys(settings);
            lastKeys = new LastKeys(Map.copyOf(settings), keys);
            return keys;
        } catch (InvalidAccount e) {
            throw new IllegalArgumentException("a Twilio account that cannot sign: " + e.mistakes(), e);
        }
    }

    private static Map<String, String> status(SimulatedMessage message, TwilioKeys keys) {
        String word = word(message);
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("SmsSid", message.id());
        parameters.put("SmsStatus", word);
        parameters.put("MessageStatus", word);
        parameters.put("To", message.to());
        parameters.put("MessagingServiceSid", service(keys));
        parameters.put("MessageSid", message.id());
        parameters.put("AccountSid", keys.accountSid());
        parameters.put("From", message.from());
        parameters.put("ApiVersion", "2010-04-01");
        if (message.errorCode() != null) {
            parameters.put("ErrorCode", message.errorCode());
        }
        if (word.endsWith("delivered")) {
            parameters.put("RawDlrDoneDate", CARRIER_TIME.format(message.occurredAt()));
        }
        return parameters;
    }

    private static Map<String, String> inbound(SimulatedMessage message, TwilioKeys keys) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String place : GEOGRAPHY) {
            parameters.put(place, place.endsWith("Country") ? "US" : "");
        }
        parameters.put("SmsMessageSid", message.id());
        parameters.put("NumMedia", "0");
        parameters.put("SmsSid", message.id());
        parameters.put("SmsStatus", "received");
        parameters.put("Body", message.text());
        parameters.put("To", message.to());
        parameters.put("NumSegments", "1");
        parameters.put("MessageSid", message.id());
        parameters.put("AccountSid", keys.accountSid());
        parameters.put("From", message.from());
        parameters.put("ApiVersion", "2010-04-01");
        return parameters;
    }

    private static String word(SimulatedMessage message) {
        return switch (message.outcome()) {
            case ACCEPTED -> "queued";
            case SENT -> "sent";
            case DELIVERED -> "delivered";
            case FAILED -> {
                String code = message.errorCode();
                yield code == null || FROM_RECEIPTS.contains(code) ? "undelivered" : "failed";
            }
            case UNCONFIRMED -> "delivery_unknown";
            case RECEIVED -> "received";
        };
    }

    /** The same service for all messages of an account. */
    private static String service(TwilioKeys keys) {
        String sid = keys.accountSid();
        return "MG" + (sid.startsWith("AC") ? sid.substring(2) : sid);
    }

    private static byte[] encoded(Map<String, String> parameters) {
        StringBuilder form = new StringBuilder();
        parameters.forEach((name, value) -> form.append(form.length() == 0 ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return form.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** 32 hexadecimal digits, as in every SID. */
    private static String hex(RandomGenerator random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
