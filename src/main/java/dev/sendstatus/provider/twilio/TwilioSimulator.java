package dev.sendstatus.provider.twilio;

import dev.sendstatus.provider.CallbackSimulator;
import dev.sendstatus.provider.CallbackSimulator.SignedCallback;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import dev.sendstatus.provider.InvalidAccount;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** Makes form callbacks as Twilio sends them for messages of a Messaging Service. */
final class TwilioSimulator implements CallbackSimulator {
    private static final DateTimeFormatter CARRIER_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Failures that come as a carrier's receipt; with any other code Twilio itself gave up. */
    private static final Set<String> FROM_RECEIPTS =
            Set.of("30003", "30004", "30005", "30006", "30007", "30008", "30034");

    private static final Map<String, Integer> FREQUENCIES = Map.of(
            "30003", 30, "30006", 22, "30007", 18, "30005", 14, "30008", 8, "30034", 4, "21610", 2, "30004", 1, "30001",
            1);

    /** Empty for most senders, and signed all the same. */
    private static final String GEOGRAPHY =
            "ToCity=&ToState=&ToZip=&ToCountry=US&FromCity=&FromState=&FromZip=&FromCountry=US&";

    /** Keys hold an object of every thread that signs, so they are not made anew for each callback. */
    private final Map<Map<String, String>, TwilioKeys> keys = new ConcurrentHashMap<>();

    @Override
    public Map<String, String> demoSettings(RandomGenerator random) {
        return Map.of(TwilioKeys.ACCOUNT_SID, "AC" + hex(random), TwilioKeys.AUTH_TOKEN, hex(random));
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
        TwilioKeys account = keys.computeIfAbsent(settings, TwilioSimulator::keys);
        byte[] body = body(message, account.accountSid()).getBytes(StandardCharsets.US_ASCII);
        byte[] url = SignedUrl.forms(publicUrl, null).get(0);
        byte[] signature = TwilioSignature.of(account.authTokens().get(0), url, new FormParameters(body).signedText());
        byte[] token = (message.id() + message.outcome()).getBytes(StandardCharsets.UTF_8);
        return SignedCallback.post(body)
                .with("Content-Type", Carriage.FORM_TYPE + "; charset=UTF-8")
                .with("User-Agent", "TwilioProxy/1.1")
                .with(
                        "I-Twilio-Idempotency-Token",
                        UUID.nameUUIDFromBytes(token).toString())
                .with(TwilioSignature.HEADER, new String(signature, StandardCharsets.US_ASCII));
    }

    private static TwilioKeys keys(Map<String, String> settings) {
        try {
            return TwilioKeys.of(settings);
        } catch (InvalidAccount e) {
            throw new IllegalArgumentException("a Twilio account that cannot sign: " + e.mistakes(), e);
        }
    }

    private static String body(SimulatedMessage message, String accountSid) {
        String code = message.errorCode();
        String word =
                switch (message.outcome()) {
                    case ACCEPTED -> "queued";
                    case SENT -> "sent";
                    case DELIVERED -> "delivered";
                    case FAILED -> code == null || FROM_RECEIPTS.contains(code) ? "undelivered" : "failed";
                    case UNCONFIRMED -> "delivery_unknown";
                    case RECEIVED -> "received";
                };
        boolean inbound = message.outcome() == Outcome.RECEIVED;
        // The same service for all messages of an account.
        String before = inbound
                ? GEOGRAPHY + form("SmsMessageSid", message.id(), "NumMedia", "0", "Body", message.text())
                        + "&NumSegments=1"
                : form("MessageStatus", word, "MessagingServiceSid", "MG" + accountSid.substring(2));
        String receipt = word.endsWith("delivered") ? CARRIER_TIME.format(message.occurredAt()) : "";
        return before + "&"
                + form(
                        "SmsSid", message.id(),
                        "SmsStatus", word,
                        "To", message.to(),
                        "MessageSid", message.id(),
                        "AccountSid", accountSid,
                        "From", message.from(),
                        "ApiVersion", "2010-04-01")
                + (code == null ? "" : "&" + form("ErrorCode", code))
                + (receipt.isEmpty() ? "" : "&" + form("RawDlrDoneDate", receipt));
    }

    /** @param namesAndValues alternating */
    private static String form(String... namesAndValues) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append(i == 0 ? "" : "&").append(namesAndValues[i]).append('=');
            form.append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    /** 32 hexadecimal digits, as in every SID. */
    private static String hex(RandomGenerator random) {
        return CallbackSimulator.letters(random, "0123456789abcdef", 32);
    }
}
