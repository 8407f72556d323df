/**
 * Compares what the providers have configured with what they should have, and mends it. What is compared, and how it is changed,
 * is each provider's affair behind its {@code WebhookApi}; nothing here knows HTTP.
 */
@NullMarked
package dev.sendstatus.webhooks;

import org.jspecify.annotations.NullMarked;
