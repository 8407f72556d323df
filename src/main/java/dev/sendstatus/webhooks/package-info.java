/**
 * Compares the webhooks that the providers have configured with the right ones, and mends them. The comparison and the changes
 * are each provider's own, behind its {@code WebhookApi}; nothing here knows HTTP.
 */
@NullMarked
package dev.sendstatus.webhooks;

import org.jspecify.annotations.NullMarked;
