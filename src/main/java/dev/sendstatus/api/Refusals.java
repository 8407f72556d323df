package dev.sendstatus.api;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.ingest.MinuteLog;
import dev.sendstatus.ingest.Unsaved;
import dev.sendstatus.store.Refused;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Counts the callbacks that were refused, by account and reason, and logs them once a minute for each account. Any thread; refusals are
 * not on the way of a callback, so a lock does.
 */
public final class Refusals {
    private static final long HINT_EVERY_SECONDS = 1;
    /** Of IPv6 that holds an IPv4 address, in its longest form. */
    private static final int LONGEST_ADDRESS = 45;

    private final MeterRegistry meters;
    private final InstantSource clock;
    private final MinuteLog log;
    private final Unsaved<Key, Refused> unsaved = new Unsaved<>(Refusals::sum);
    private final Map<Key, String> hints = new ConcurrentHashMap<>();
    private final Map<AccountName, Instant> hintedAt = new HashMap<>();

    private record Key(AccountName account, String reason) {}

    public Refusals(MeterRegistry meters, InstantSource clock) {
        this.meters = meters;
        this.clock = clock;
        this.log = new MinuteLog(clock);
    }

    /** The log of everything that can be sent in floods. */
    public MinuteLog log() {
        return log;
    }

    /**
     * One callback was refused.
     *
     * @param account one that is configured, or {@link Refused#anyAccount}: never a name that a client made up
     * @param origin as {@link #origin} says
     * @param hint the secret or URL that would have fitted, by name; asked for at a bounded rate, since it costs many hashes
     */
    void add(AccountName account, String reason, String origin, Supplier<@Nullable String> hint) {
        String newHint = count(account, reason, mayHint(account) ? hint.get() : null);
        log.add(
                "callbacks to " + account + " refused",
                reason,
                "from " + origin + (newHint == null ? "" : ": " + newHint));
    }

    /**
     * The address that a request came from. A proxy on this host or in a private network may name it in X-Forwarded-For; from elsewhere
     * that header is not believed.
     */
    static String origin(Request request) {
        String address = Request.getRemoteAddr(request);
        String forwarded = request.getHeaders().getLast(HttpHeader.X_FORWARDED_FOR);
        if (forwarded == null || !isInside(request.getConnectionMetaData().getRemoteSocketAddress())) {
            return address;
        }
        String client = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return looksLikeAnAddress(client) ? client + " by way of " + address : address;
    }

    private static boolean isInside(SocketAddress socketAddress) {
        if (!(socketAddress instanceof InetSocketAddress peer)) {
            return false;
        }
        InetAddress address = peer.getAddress();
        return address.isLoopbackAddress() || address.isSiteLocalAddress();
    }

    /** A proxy may pass on any text; no more than an address goes into the log. */
    private static boolean looksLikeAnAddress(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_ADDRESS
                && text.chars().allMatch(c -> c == '.' || c == ':' || Character.digit(c, 16) >= 0);
    }

    private synchronized boolean mayHint(AccountName account) {
        Instant now = clock.instant();
        Instant before = hintedAt.get(account);
        if (before != null && before.plusSeconds(HINT_EVERY_SECONDS).isAfter(now)) {
            return false;
        }
        hintedAt.put(account, now);
        return true;
    }

    /** @return the newest hint for that account and reason; null if there is none */
    private @Nullable String count(AccountName account, String reason, @Nullable String hint) {
        Key key = new Key(account, reason);
        Counter.builder("sendstatus.callbacks.refused")
                .description("Requests refused, by reason")
                .tag("provider", account.provider().word())
                .tag("account", account.name())
                .tag("reason", reason)
                .register(meters)
                .increment();
        unsaved.add(key, new Refused(account, reason, 1, clock.instant(), hint));
        return hint == null ? hints.get(key) : hints.merge(key, hint, (old, newest) -> newest);
    }

    private static Refused sum(Refused one, Refused other) {
        boolean later = one.lastAt().isAfter(other.lastAt());
        Refused last = later ? one : other;
        String before = (later ? other : one).hint();
        String hint = last.hint() == null ? before : last.hint();
        return new Refused(one.account(), one.reason(), one.count() + other.count(), last.lastAt(), hint);
    }

    /** Stores the counts since the last call. Counts that cannot be stored are kept for the next. */
    public void save(Store store) throws StoreException {
        log.tell();
        unsaved.save(store::addRefused);
    }
}
