package dev.sendstatus.provider.twilio;

import dev.sendstatus.provider.AdapterContract;
import dev.sendstatus.provider.CallbackRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** By Event Streams, whose bodies are JSON; forms have tests of their own. */
final class TwilioContractTest extends AdapterContract<TwilioKeys> {
    private static final List<String> SIDS = List.of(TwilioAccounts.MAIN_SID, TwilioAccounts.SUB_SID);
    private static final List<String> TOKENS = List.of(TwilioAccounts.MAIN_TOKEN, TwilioAccounts.SUB_TOKEN);

    TwilioContractTest() {
        super(new TwilioAdapter(), null);
    }

    @Override
    protected Map<String, String> settings(int account) {
        return Map.of("account-sid", SIDS.get(account - 1), "auth-token", TOKENS.get(account - 1));
    }

    @Override
    protected Map<String, String> rotating() {
        return Map.of(
                "account-sid", SIDS.get(0),
                "auth-token", TOKENS.get(0),
                "auth-token-secondary", TOKENS.get(1));
    }

    @Override
    protected CallbackRequest request(int account, int signer, Instant signedAt) {
        String json = """
            [{"id":"e1","type":"com.twilio.messaging.message.delivered","time":"2026-11-25T11:59:36Z","data":
            {"messageSid":"SM1","accountSid":"%s","to":"+12025550123","body":"meet me at nine"},"source":"s"}]\
            """.formatted(SIDS.get(account - 1));
        return SignedRequest.json(TOKENS.get(signer - 1), SignedRequest.URL, json)
                .received();
    }
}
