package dev.sendstatus.dashboard;

import dev.sendstatus.api.Tokens;
import dev.sendstatus.store.DashboardSession;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TokenHash;
import dev.sendstatus.store.TokenScope;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of people who signed in. A browser holds a secret of 32 random bytes; the database holds its hash, and a hash of it and the token's together. So
 * a session has its token's scope, and ends with its token. Any thread.
 */
final class Sessions {
    static final Duration IDLE = Duration.ofHours(12);
    static final Duration LONGEST = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final Duration USES_KEPT_EVERY = Duration.ofMinutes(5);
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Tokens tokens;
    private final Store store;
    private final Reads reads;
    private final InstantSource clock;

    Sessions(Tokens tokens, Store store, Reads reads, InstantSource clock) {
        this.tokens = tokens;
        this.store = store;
        this.reads = reads;
        this.clock = clock;
    }

    /** Begins one. @param token one that is good @return the secret for the browser */
    String begin(String token) throws StoreException {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        store.addDashboardSession(
                new DashboardSession(TokenHash.of(secret), bound(secret, TokenHash.of(token)), now, now),
                now.minus(LONGEST),
                now.minus(IDLE));
        return secret;
    }

    /** The rights of the bearer of that secret; null if it signs nobody in, or not any more. */
    @Nullable
    TokenScope scope(@Nullable String secret) throws StoreException {
        if (secret == null) {
            return null;
        }
        Optional<DashboardSession> found = reads.dashboardSession(TokenHash.of(secret));
        Instant now = clock.instant();
        if (found.isEmpty() || over(found.get(), now)) {
            return null;
        }
        TokenHash boundTo = found.get().boundTo();
        TokenScope scope = tokens.scopeOf(token -> bound(secret, token).is(boundTo));
        if (scope != null && !now.isBefore(found.get().usedAt().plus(USES_KEPT_EVERY))) {
            keepUse(found.get(), now);
        }
        return scope;
    }

    private static boolean over(DashboardSession session, Instant now) {
        return !now.isBefore(session.createdAt().plus(LONGEST))
                || !now.isBefore(session.usedAt().plus(IDLE));
    }

    /** A page must be shown although nothing can be written: on a full disk above all. */
    private void keepUse(DashboardSession session, Instant now) {
        try {
            store.usedDashboardSession(session.hash(), now);
        } catch (StoreException e) {
            LOG.warn("the last use of a session of the dashboard is not kept: {}", e.getMessage());
        }
    }

    void end(@Nullable String secret) throws StoreException {
        if (secret != null) {
            store.removeDashboardSession(TokenHash.of(secret));
        }
    }

    private static TokenHash bound(String secret, TokenHash token) {
        return TokenHash.of(secret + ":" + token.hex());
    }
}
