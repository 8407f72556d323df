package dev.sendstatus.register;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import dev.sendstatus.event.Written;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one send, from JSON or from the cells of a row, and finds every mistake in it. Any thread. */
public record SendReader(SendAccounts accounts, InstantSource clock) {
    /** A longer line or item is refused: no send that this accepts is half as long. */
    public static final int MOST_BYTES = 64 * 1024;

    private static final int LONGEST_TEXT = 256;
    private static final int LONGEST_TAG = 128;
    private static final int LONGEST_DOMAIN = 253;
    private static final int LONGEST_CODE = 32;
    /** Bandwidth's group messages have up to 50; the others fewer. */
    private static final int MOST_RECIPIENTS = 100;

    private static final int MOST_LABELS = 50;
    /** Every provider splits a text into ten parts at the most. */
    private static final int MOST_SEGMENTS = 100;

    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A text is not JSON. The message says where, and holds nothing of the text. */
    public static final class NotJson extends Exception {
        private static final long serialVersionUID = 1L;

        NotJson(String message) {
            super(message);
        }
    }

    /** Reads JSON strictly: a key twice, or something after it, is a mistake. @throws NotJson without a word of the text */
    public static JsonNode json(byte[] bytes) throws NotJson {
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            // Its own message quotes the text, which may hold anything.
            throw new NotJson("not JSON"
                    + (e.getLocation() == null
                            ? ""
                            : ": wrong at line " + e.getLocation().getLineNr() + ", column "
                                    + e.getLocation().getColumnNr()));
        } catch (IOException e) {
            throw new NotJson("not JSON");
        }
    }

    /** One line of NDJSON; null if it was longer than {@link #MOST_BYTES}. */
    public SendItem line(byte @Nullable [] line) {
        if (line == null) {
            return new SendItem.Bad(null, null, "longer than " + MOST_BYTES + " bytes");
        }
        try {
            return read(json(line));
        } catch (NotJson e) {
            return new SendItem.Bad(null, null, String.valueOf(e.getMessage()));
        }
    }

    /** One item of a request. */
    public SendItem read(JsonNode node) {
        if (!node.isObject()) {
            return new SendItem.Bad(null, null, "an item is a JSON object with " + SendFields.NAMES);
        }
        SendFields fields = new SendFields(node);
        String provider = fields.required("provider", LONGEST_TEXT, Written::text);
        String named = fields.text("account", LONGEST_TEXT, Written::text);
        String id = fields.required("id", LONGEST_TEXT, Written::name);
        List<String> to = fields.list("to", MOST_RECIPIENTS, LONGEST_TEXT, Written::address);
        String from = fields.text("from", LONGEST_TEXT, Written::address);
        Instant now = clock.instant();
        Instant sentAt = fields.time("sent_at", now);
        String reference = fields.text("reference", LONGEST_TEXT, Written::text);
        String campaign = fields.text("campaign", LONGEST_TEXT, Written::text);
        List<String> tags = fields.list("tags", MOST_LABELS, LONGEST_TAG, Written::text);
        List<String> domains = fields.list("link_domains", MOST_LABELS, LONGEST_DOMAIN, Written::text);
        int segments = fields.number("segments", MOST_SEGMENTS);
        String errorCode = fields.code("error_code", LONGEST_CODE);

        List<String> mistakes = fields.mistakes();
        boolean sole = provider != null && accounts.oneRecipient(provider);
        AccountName account = provider == null ? null : accounts.account(provider, named, mistakes);
        List<Recipient> recipients = new ArrayList<>();
        to.forEach(address -> recipients.add(new Recipient(address)));
        if (to.isEmpty() && !fields.isWrong("to")) {
            mistakes.add("to is missing: the recipients' numbers");
        } else if (sole && recipients.stream().distinct().count() > 1) {
            mistakes.add("to has one recipient: a message of " + provider + " has no more");
        }
        if (errorCode != null && sentAt != null && sentAt.isAfter(now.plus(CLOCKS_DIFFER))) {
            mistakes.add("sent_at of a send that was refused is not ahead");
        }
        if (domains.stream().anyMatch(SendReader::isNoDomain)) {
            mistakes.add("link_domains are domains like example.com, not URLs");
        }
        if (!mistakes.isEmpty() || provider == null || id == null || account == null) {
            return new SendItem.Bad(provider, id, String.join("; ", mistakes));
        }
        return new SendItem.Good(new Send(
                new MessageKey(new Provider(provider), id),
                account,
                sole,
                from,
                sentAt,
                segments,
                errorCode,
                new Registration(recipients, reference, campaign, tags, domains)));
    }

    private static boolean isNoDomain(String text) {
        return text.startsWith(".")
                || text.endsWith(".")
                || text.chars().anyMatch(c -> !(Character.isLetterOrDigit(c) || c == '.' || c == '-'));
    }
}
