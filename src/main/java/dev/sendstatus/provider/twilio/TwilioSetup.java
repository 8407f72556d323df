package dev.sendstatus.provider.twilio;

import dev.sendstatus.provider.WebhookSetup;
import java.util.List;

/** The steps by which a person makes Twilio send its callbacks here: {@code docs/providers/twilio.md}, Set-up. */
final class TwilioSetup {
    /**
     * Without them Twilio sends a callback once more only if the connection fails, and drops it after a 5xx. The policy is not
     * {@code all}, which would repeat what was refused with 403. They stand in the fragment, which is neither sent nor signed.
     */
    static final String CONNECTION_OVERRIDES = "#rc=5&rp=5xx,ct,rt&ct=2000&rt=2500";

    static final WebhookSetup SETUP = new WebhookSetup(
            CONNECTION_OVERRIDES,
            List.of(
                    "Messaging Service, Console: Messaging > Services > (the service) > Integration > Delivery Status"
                            + " Callback: enter the URL, with the part after the #.",
                    "Messaging Service, API: POST https://messaging.twilio.com/v1/Services/{MG...} with StatusCallback={URL}.",
                    "Without a Messaging Service: give StatusCallback={URL} with every POST"
                            + " https://api.twilio.com/2010-04-01/Accounts/{AC...}/Messages.json; without it no callback comes"
                            + " at all, and no setting of the number replaces it.",
                    "Sends that name an ApplicationSid: POST"
                            + " https://api.twilio.com/2010-04-01/Accounts/{AC...}/Applications/{AP...}.json with"
                            + " MessageStatusCallback={URL}.",
                    "Event Streams, API (optional): POST https://events.twilio.com/v1/Sinks with SinkType=webhook and"
                            + " SinkConfiguration={\"destination\":\"{URL, without the # and what follows}\",\"method\":\"POST\","
                            + "\"batch_events\":true}, then POST https://events.twilio.com/v1/Subscriptions for the types"
                            + " com.twilio.messaging.message.* and com.twilio.messaging.inbound-message.received.",
                    "Leave inbound URLs as they are where another program answers the messages: Sendstatus never answers"
                            + " them. Never clear InboundRequestUrl of a service, or inbound messages are discarded.",
                    "Escape the # and the & of the URL where a form or a shell would take them: curl --data-urlencode."));

    private TwilioSetup() {}
}
