package dev.sendstatus.store;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * That a browser is signed in to the dashboard, without what the browser holds.
 *
 * @param hash of what the browser holds
 * @param boundTo of that and the hash of the token that was given, together
 * @param usedAt to some minutes
 */
public record DashboardSession(byte[] hash, byte[] boundTo, Instant createdAt, Instant usedAt) {

    public DashboardSession {
        hash = hash.clone();
        boundTo = boundTo.clone();
    }

    @Override
    public byte[] hash() {
        return hash.clone();
    }

    @Override
    public byte[] boundTo() {
        return boundTo.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DashboardSession session
                && Arrays.equals(hash, session.hash)
                && Arrays.equals(boundTo, session.boundTo)
                && createdAt.equals(session.createdAt)
                && usedAt.equals(session.usedAt);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    @Override
    public String toString() {
        return "DashboardSession[since " + createdAt + "]";
    }
}
