package dev.sendstatus.api;

import dev.sendstatus.ingest.Unsaved;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.TokenHash;
import dev.sendstatus.store.TokenScope;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which bearer tokens are good: the configured one, and those in the database. Only hashes are kept, and all are compared, each
 * in a time that does not depend on where they differ. Another process may add and revoke tokens: the tokens that were read are believed for
 * two seconds, and a token that is not in it is looked for in the database, as often as {@link WrongTokens} lets it. Any thread.
 */
public final class Tokens {
    private static final String SCHEME = "Bearer ";
    private static final Duration BELIEVED = Duration.ofSeconds(2);
    private static final Duration USES_KEPT_EVERY = Duration.ofMinutes(1);

    private final TokenHash configured;
    private final Reads reads;
    private final InstantSource clock;
    private final WrongTokens wrong = new WrongTokens();
    private final Unsaved<String, StoredToken> uses = new Unsaved<>((one, other) -> other);
    private volatile Known known = new Known(List.of(), Instant.EPOCH);

    /** The rights that a request's token gives. */
    public sealed interface Access {

        /** The token is good, within its scope. */
        record Granted(TokenScope scope) implements Access {}

        /** There is none, or no such one. */
        record Refused() implements Access {}

        /** Too many wrong ones came. @param seconds when to try again */
        record Limited(long seconds) implements Access {}
    }

    private record Known(List<StoredToken> tokens, Instant readAt) {}

    /** @param configured the token of {@code api.token}, of scope write, which is good whatever the database says; not empty */
    public Tokens(String configured, Reads reads, InstantSource clock) {
        this.configured = TokenHash.of(configured);
        this.reads = reads;
        this.clock = clock;
    }

    /**
     * The rights of a request.
     *
     * @param authorization the header's value; null if there was none, which is no wrong token
     * @param address the client's, as the socket tells it: a header could be written by anybody
     */
    public Access access(@Nullable String authorization, String address) throws StoreException {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new Access.Refused();
        }
        TokenHash hash = TokenHash.of(authorization.substring(SCHEME.length()).strip());
        Instant now = clock.instant();
        long wait = wrong.secondsToWait(address, hash.hex(), now);
        if (wait > 0) {
            return new Access.Limited(wait);
        }
        TokenScope scope = scope(hash::is, now);
        if (scope == null) {
            wrong.wrong(address, now);
            return new Access.Refused();
        }
        wrong.right(address, hash.hex());
        return new Access.Granted(scope);
    }

    /**
     * The scope of a token that was shown to be right before, and may have been revoked since.
     *
     * @param isIt given the hash of a good token, says whether it is that one
     * @return null if it is none of them
     */
    public @Nullable TokenScope scopeOf(Predicate<TokenHash> isIt) throws StoreException {
        return scope(isIt, clock.instant());
    }

    private @Nullable TokenScope scope(Predicate<TokenHash> isIt, Instant now) throws StoreException {
        if (isIt.test(configured)) {
            return TokenScope.WRITE;
        }
        Known before = known;
        boolean old = Duration.between(before.readAt(), now).abs().compareTo(BELIEVED) >= 0;
        StoredToken found = old ? null : find(before.tokens(), isIt);
        if (found == null) {
            Known read = new Known(reads.tokens(), now);
            known = read;
            found = find(read.tokens(), isIt);
        }
        if (found == null) {
            return null;
        }
        if (isDue(found.lastUsedAt(), now)) {
            uses.add(found.name(), new StoredToken(found.name(), found.hash(), found.scope(), found.createdAt(), now));
        }
        return found.scope();
    }

    private static @Nullable StoredToken find(List<StoredToken> tokens, Predicate<TokenHash> isIt) {
        StoredToken found = null;
        for (StoredToken token : tokens) {
            if (isIt.test(token.hash())) {
                found = token;
            }
        }
        return found;
    }

    /** Of each token at most one use a minute is noted: a read must not cost a synced write. */
    private static boolean isDue(@Nullable Instant lastUsedAt, Instant now) {
        return lastUsedAt == null || !now.isBefore(lastUsedAt.plus(USES_KEPT_EVERY));
    }

    /** Stores the last uses since the last call. */
    public void saveUses(Store store) throws StoreException {
        uses.save(store::usedTokens);
    }
}
