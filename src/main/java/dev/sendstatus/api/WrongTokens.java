package dev.sendstatus.api;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many wrong tokens are looked at, per client address and in all. An address over its limit is not listened to,
 * right token or not, so that it learns nothing more; but for a token that it had shown to be right before: behind a proxy all
 * clients have one address, and one that guesses there must not shut the others out. Any thread: one lock, and only wrong
 * tokens take long ways.
 */
final class WrongTokens {
    static final int MOST_OF_ONE_ADDRESS = 10;
    static final int MOST_OF_ALL = 500;
    static final Duration WINDOW = Duration.ofMinutes(1);
    static final int MOST_ADDRESSES = 10_000;

    private final Map<String, Window> byAddress = forgetful();
    private final Map<Known, Boolean> knownGood = forgetful();
    private Window all = new Window(Instant.EPOCH, 0);

    /** @param hash of the token, in hexadecimal */
    private record Known(String address, String hash) {}

    private record Window(Instant since, int wrong) {
        Window now(Instant now) {
            // A clock that was set back must not make a window that never ends.
            boolean over = !now.isBefore(since.plus(WINDOW)) || now.isBefore(since);
            return over ? new Window(now, 0) : this;
        }

        Window more() {
            return new Window(since, wrong + 1);
        }
    }

    private static <K, V> Map<K, V> forgetful() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.@Nullable Entry<K, V> eldest) {
                return size() > MOST_ADDRESSES;
            }
        };
    }

    /** For how many seconds tokens of that address are not looked at; 0 if they are. */
    synchronized long secondsToWait(String address, String hash, Instant now) {
        all = all.now(now);
        Window own = byAddress.getOrDefault(address, new Window(now, 0)).now(now);
        boolean ownFull = own.wrong() >= MOST_OF_ONE_ADDRESS;
        if (!ownFull && all.wrong() < MOST_OF_ALL || knownGood.get(new Known(address, hash)) != null) {
            return 0;
        }
        Window full = ownFull ? own : all;
        return Math.max(1, Duration.between(now, full.since().plus(WINDOW)).toSeconds() + 1);
    }

    synchronized void wrong(String address, Instant now) {
        all = all.now(now).more();
        byAddress.put(
                address,
                byAddress.getOrDefault(address, new Window(now, 0)).now(now).more());
    }

    synchronized void right(String address, String hash) {
        knownGood.put(new Known(address, hash), true);
    }
}
