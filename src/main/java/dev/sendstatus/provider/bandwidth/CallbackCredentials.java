package dev.sendstatus.provider.bandwidth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * One user name and password that Bandwidth was told to send with its callbacks, as the bytes that they arrive as. Every
 * comparison takes the time that the presented bytes need, whatever the secret is.
 */
public final class CallbackCredentials {
    private final String user;
    private final String password;
    private final byte[] sentUser;
    private final byte[] sentBoth;

    /** @param user without a colon: the first colon is where HTTP Basic ends the name */
    CallbackCredentials(String user, String password) {
        if (user.isEmpty() || user.indexOf(':') >= 0 || password.isEmpty()) {
            throw new IllegalArgumentException("credentials are a user name without a colon, and a password");
        }
        this.user = user;
        this.password = password;
        this.sentUser = user.getBytes(StandardCharsets.UTF_8);
        this.sentBoth = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    }

    String user() {
        return user;
    }

    /** As Bandwidth is told; not to be printed. */
    String password() {
        return password;
    }

    /**
     * Whether both the name and the password are these.
     *
     * @param presented decoded from the header: {@code name:password}
     */
    boolean match(byte[] presented) {
        return MessageDigest.isEqual(presented, sentBoth);
    }

    /** Whether the name alone is this one. */
    boolean nameMatches(byte[] presented) {
        int colon = 0;
        while (colon < presented.length && presented[colon] != ':') {
            colon++;
        }
        return MessageDigest.isEqual(Arrays.copyOf(presented, colon), sentUser);
    }

    /** Without the secret, and without the name that is half of it. */
    @Override
    public String toString() {
        return "CallbackCredentials[…]";
    }
}
