package dev.sendstatus.provider.twilio;

import dev.sendstatus.provider.CallbackRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A request as Twilio signs it, to be spoilt in one respect by a test. It signs in its own way, with the JDK alone, from
 * Twilio's description: nothing here knows the code under test.
 */
record SignedRequest(
        String method,
        String publicUrl,
        @Nullable String query,
        @Nullable String contentType,
        byte[] body,
        @Nullable String signature) {
    static final String URL = "https://status.example.com/webhooks/twilio";
    static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";

    static SignedRequest form(String token, String url, List<Map.Entry<String, String>> parameters) {
        TreeMap<String, TreeSet<String>> sorted = new TreeMap<>();
        List<String> pairs = new ArrayList<>();
        for (Map.Entry<String, String> parameter : parameters) {
            sorted.computeIfAbsent(parameter.getKey(), name -> new TreeSet<>()).add(parameter.getValue());
            pairs.add(URLEncoder.encode(parameter.getKey(), StandardCharsets.UTF_8) + "="
                    + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
        }
        StringBuilder signed = new StringBuilder(url);
        sorted.forEach(
                (name, values) -> values.forEach(value -> signed.append(name).append(value)));
        byte[] body = String.join("&", pairs).getBytes(StandardCharsets.UTF_8);
        return at("POST", url, FORM, body, hmac(token, signed.toString()));
    }

    static SignedRequest get(String token, String urlWithQuery) {
        return at("GET", urlWithQuery, null, new byte[0], hmac(token, urlWithQuery));
    }

    static SignedRequest json(String token, String url, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String signed = url + (url.indexOf('?') < 0 ? '?' : '&') + "bodySHA256=" + sha256(body);
        return at("POST", signed, "application/json", body, hmac(token, signed));
    }

    private static SignedRequest at(
            String method, String url, @Nullable String contentType, byte[] body, String signature) {
        int mark = url.indexOf('?');
        String path = mark < 0 ? url : url.substring(0, mark);
        return new SignedRequest(method, path, mark < 0 ? null : url.substring(mark + 1), contentType, body, signature);
    }

    static String hmac(String token, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    SignedRequest withPublicUrl(String other) {
        return new SignedRequest(method, other, query, contentType, body, signature);
    }

    SignedRequest withQuery(@Nullable String other) {
        return new SignedRequest(method, publicUrl, other, contentType, body, signature);
    }

    SignedRequest withContentType(@Nullable String other) {
        return new SignedRequest(method, publicUrl, query, other, body, signature);
    }

    SignedRequest withBody(String other) {
        return new SignedRequest(
                method, publicUrl, query, contentType, other.getBytes(StandardCharsets.UTF_8), signature);
    }

    SignedRequest withSignature(@Nullable String other) {
        return new SignedRequest(method, publicUrl, query, contentType, body, other);
    }

    String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    CallbackRequest received() {
        Map<String, String> headers = new TreeMap<>();
        if (contentType != null) {
            headers.put("content-type", contentType);
        }
        if (signature != null) {
            headers.put("x-twilio-signature", signature);
        }
        return new CallbackRequest(
                method,
                publicUrl,
                query,
                name -> headers.get(name.toLowerCase(Locale.ROOT)),
                body,
                Instant.parse("2026-11-25T12:00:00Z"));
    }
}
