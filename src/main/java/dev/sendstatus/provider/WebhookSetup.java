package dev.sendstatus.provider;

import java.util.List;

/**
 * The way to enter the webhook URL at the provider.
 *
 * @param urlSuffix to be appended to the URL: Twilio's connection overrides; empty for none
 * @param steps lines for a person: where in the console, and by which API call
 */
public record WebhookSetup(String urlSuffix, List<String> steps) {
    public WebhookSetup {
        steps = List.copyOf(steps);
    }

    /** @param steps a line for each */
    public WebhookSetup(String urlSuffix, String steps) {
        this(urlSuffix, steps.lines().toList());
    }
}
