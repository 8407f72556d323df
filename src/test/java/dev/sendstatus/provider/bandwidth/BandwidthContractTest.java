package dev.sendstatus.provider.bandwidth;

import dev.sendstatus.provider.AdapterContract;
import dev.sendstatus.provider.CallbackRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

final class BandwidthContractTest extends AdapterContract<BandwidthKeys> {
    BandwidthContractTest() {
        super(new BandwidthAdapter(), null);
    }

    @Override
    protected Map<String, String> settings(int account) {
        return Map.of("callback-username", "user-" + account, "callback-password", "password-" + account);
    }

    @Override
    protected Map<String, String> rotating() {
        return Map.of(
                "callback-username", "user-1",
                "callback-password", "password-1",
                "callback-username-secondary", "user-2",
                "callback-password-secondary", "password-2");
    }

    @Override
    protected CallbackRequest request(int account, int signer, Instant signedAt) {
        String credentials = "user-" + signer + ":password-" + signer;
        Map<String, String> headers = Map.of(
                "content-type",
                "application/json",
                "authorization",
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        byte[] body = """
            [{"type":"message-failed","time":"2026-11-25T11:59:36.979Z","to":"+15554443333","errorCode":4770,
            "description":"meet me at nine","message":{"id":"1764071970876","direction":"out",
            "to":["+15554443333"],"text":"meet me at nine","segmentCount":1,"tag":"t"}}]\
            """.getBytes(StandardCharsets.UTF_8);
        return new CallbackRequest(
                "POST",
                URL + "bandwidth",
                null,
                name -> headers.get(name.toLowerCase(java.util.Locale.ROOT)),
                body,
                NOW);
    }
}
