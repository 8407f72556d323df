package dev.sendstatus.channel;

import dev.sendstatus.outbound.Destination;
import dev.sendstatus.outbound.SigningSecret;
import dev.sendstatus.store.Notice;
import dev.sendstatus.store.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** What tests tell. */
final class Samples {
    static final String NUMBER = "+12025550143";
    static final Instant AT = Instant.parse("2026-11-30T06:00:00Z");
    /** Words of others, that would do something in one chat or another. */
    static final String HOSTILE =
            "@everyone @channel <!channel> <@U123> *bold* _it_ ~gone~ `code` # head > quote [click](https://evil.example/x)"
                    + " <https://evil.example|bank> www.evil.example <script>alert(1)</script> & \u202e\u0007 line\r\nBcc: victim@evil.example";

    private Samples() {}

    static Messages messages() {
        return new Messages("https://status.example.com", ZoneId.of("UTC"));
    }

    /** An alert of a campaign whose name was chosen by somebody else. */
    static Notice hostile(int number) {
        return alert(number, Notice.Type.ALERT_FIRED, Severity.CRITICAL, AT, HOSTILE);
    }

    static Notice alert(int number, Notice.Type type, Severity severity, Instant at, String name) {
        String quoted = new com.fasterxml.jackson.databind.node.TextNode(name).toString();
        String inner = quoted.substring(1, quoted.length() - 1);
        String state = type == Notice.Type.ALERT_RESOLVED ? "resolved" : "firing";
        return new Notice("alert/" + number + "/" + type.word(), type, severity, at, """
                {"id":%d,"rule":"spam_filter","key":"twilio/main campaign=%s","state":"%s","severity":"%s",
                 "since":"2026-11-30T05:12:00Z","fired_at":"2026-11-30T05:20:00Z","resolved_at":%s,
                 "value":0.182,"usual":0.011,"n":1200,
                 "parts":["from=%s","carrier %s","12025550143: 7 of 12","fourth"],
                 "text":"%s is filtered, mostly from %s","advice":"Ask %s","silenced_until":null,"comment":null}
                """.formatted(
                        number,
                        inner,
                        state,
                        severity.name().toLowerCase(java.util.Locale.ROOT),
                        type == Notice.Type.ALERT_RESOLVED ? "\"2026-11-30T07:12:00Z\"" : "null",
                        NUMBER,
                        inner,
                        inner,
                        NUMBER,
                        inner));
    }

    static Notice alert(int number, Severity severity, Instant at) {
        return alert(number, Notice.Type.ALERT_FIRED, severity, at, "spring");
    }

    static ChannelSettings settings(String name, ChannelSettings.Type type, HttpUrl url, @Nullable String token) {
        List<SigningSecret> secrets = type == ChannelSettings.Type.WEBHOOK
                ? List.of(SigningSecret.read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
                : List.of();
        return new ChannelSettings(
                name,
                type,
                List.of(),
                new Destination(url, secrets, Duration.ofSeconds(5), true),
                token,
                Severity.WARNING,
                false);
    }
}
