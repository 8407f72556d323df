package dev.sendstatus.store;

import java.time.Instant;

/**
 * That a browser is signed in to the dashboard, without what the browser holds.
 *
 * @param hash of what the browser holds
 * @param boundTo of that and the hash of the token that was given, together
 * @param usedAt to some minutes
 */
public record DashboardSession(TokenHash hash, TokenHash boundTo, Instant createdAt, Instant usedAt) {}
