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

    /** @param adapter beside whose class the resource {@code setup.txt} has the steps, a line each */
    public WebhookSetup(String urlSuffix, Class<?> adapter) {
        this(urlSuffix, BodyTemplate.resource(adapter, "setup.txt").lines().toList());
    }
}
