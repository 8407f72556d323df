package dev.sendstatus.provider;

import java.util.List;

/** The webhook settings of one account at its provider, read and set through the provider's API. One thread. */
public interface WebhookApi {

    /** Everything that has a webhook, by kind and id; only reads. */
    List<WebhookResource> resources(WebhookUrl wanted) throws ApiFailed;

    /** Mends all that the API can mend, by one request, which holds nothing but the fields that differ. */
    void apply(WebhookResource resource) throws ApiFailed;

    /** The API could not be used; the message tells the failure and the remedy, without a secret. */
    final class ApiFailed extends Exception {
        private static final long serialVersionUID = 1L;

        public ApiFailed(String message) {
            super(message);
        }

        /** The message, which is never null. */
        public String why() {
            return String.valueOf(getMessage());
        }
    }
}
