package dev.sendstatus.provider.telnyx;

import dev.sendstatus.provider.AdapterContract;
import dev.sendstatus.provider.CallbackRequest;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

final class TelnyxContractTest extends AdapterContract<TelnyxKeys> {
    private static final List<KeyPair> KEYS = List.of(SignedRequest.newKeys(), SignedRequest.newKeys());

    TelnyxContractTest() {
        super(new TelnyxAdapter(), Duration.ofMinutes(5));
    }

    @Override
    protected Map<String, String> settings(int account) {
        return Map.of("public-key", SignedRequest.portalForm(KEYS.get(account - 1)));
    }

    @Override
    protected Map<String, String> rotating() {
        return Map.of(
                "public-key", SignedRequest.portalForm(KEYS.get(0)),
                "public-key-secondary", SignedRequest.portalForm(KEYS.get(1)));
    }

    @Override
    protected CallbackRequest request(int account, int signer, Instant signedAt) {
        byte[] body = """
            {"data":{"event_type":"message.finalized","id":"e1","occurred_at":"2026-11-25T11:59:58.123Z","payload":
            {"id":"m1","direction":"outbound","text":"meet me at nine","to":[{"phone_number":"+12025550123",
            "status":"delivered"}]},"record_type":"event"}}\
            """.getBytes(StandardCharsets.UTF_8);
        return SignedRequest.unsigned()
                .body(body)
                .header("Content-Type", "application/json")
                .signedBy(KEYS.get(signer - 1), SignedRequest.seconds(signedAt))
                .request();
    }
}
