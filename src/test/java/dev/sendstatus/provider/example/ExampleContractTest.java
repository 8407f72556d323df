package dev.sendstatus.provider.example;

import dev.sendstatus.provider.AdapterContract;
import dev.sendstatus.provider.CallbackRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

final class ExampleContractTest extends AdapterContract<ExampleKeys> {
    ExampleContractTest() {
        super(new ExampleAdapter(), Duration.ofMinutes(5));
    }

    @Override
    protected Map<String, String> settings(int account) {
        return Map.of("secret", "secret-of-" + account);
    }

    @Override
    protected Map<String, String> rotating() {
        return Map.of("secret", "secret-of-1", "secret-secondary", "secret-of-2");
    }

    @Override
    protected CallbackRequest request(int account, int signer, Instant signedAt) {
        byte[] body = """
            {"event":"e1","message":"m1","status":"delivered","to":"+12025550123","at":"2026-11-25T11:59:58Z",\
            "text":"meet me at nine"}\
            """.getBytes(StandardCharsets.UTF_8);
        String seconds = Long.toString(signedAt.getEpochSecond());
        Map<String, String> headers = Map.of(
                "content-type",
                "application/json",
                "example-signature",
                seconds + "," + hmac("secret-of-" + signer, seconds + ".", body));
        return new CallbackRequest(
                "POST", URL + "example", null, name -> headers.get(name.toLowerCase(Locale.ROOT)), body, NOW);
    }

    private static String hmac(String secret, String before, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
