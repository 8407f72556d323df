package dev.sendstatus.provider.bandwidth;

import dev.sendstatus.provider.WebhookSetup;
import java.util.List;

/** How a person points Bandwidth's callbacks at this service. */
final class BandwidthSetup {
    static final WebhookSetup SETUP = new WebhookSetup(
            "",
            List.of(
                    "Choose a callback user name (no colon) and password of 6 to 63 letters and digits; set them as"
                            + " callback-username and callback-password. They are not the API credentials.",
                    "Dashboard: Applications, the messaging application, \"Use multiple callback URLs\"; enter the URL as"
                            + " STATUS CALLBACK (and as INBOUND CALLBACK, if received messages shall be seen), with the user"
                            + " name and password.",
                    "API: PATCH https://api.bandwidth.com/api/accounts/{accountId}/applications/{applicationId},"
                            + " Content-Type: application/xml, body <Application><OutboundCallbackUrl>URL</OutboundCallbackUrl>"
                            + "<OutboundCallbackCreds><UserId>…</UserId><Password>…</Password></OutboundCallbackCreds>"
                            + "<RequestedCallbackTypes><CallbackType>message-delivered</CallbackType>"
                            + "<CallbackType>message-failed</CallbackType><CallbackType>message-sending</CallbackType>"
                            + "</RequestedCallbackTypes></Application>; InboundCallbackUrl and InboundCallbackCreds likewise.",
                    "Send UserId and Password together; never set the old MsgCallbackUrl or CallbackCreds beside these"
                            + " (errors 13065, 13066, 12960).",
                    "Without an OutboundCallbackUrl no status ever comes, and an application without a Location swallows"
                            + " what is sent: GET …/applications/{applicationId}/associatedsippeers lists them.",
                    "The URL answers by itself on port 443, 80, or 1024 and up: a redirect may count as received, and loses it."));

    private BandwidthSetup() {}
}
