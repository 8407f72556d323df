/**
 * Compares what the providers have configured with what they should have, and mends it. The comparison and the changes
 * are each provider's own, behind its {@code WebhookApi}; nothing here knows HTTP.
 */
@NullMarked
package dev.sendstatus.webhooks;

import org.jspecify.annotations.NullMarked;
