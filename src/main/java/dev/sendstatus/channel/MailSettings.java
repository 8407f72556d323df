package dev.sendstatus.channel;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The server that takes our mail.
 *
 * @param user null if it asks for none
 * @param password null if it asks for none
 * @param from the sender's address, maybe with a name before it
 */
public record MailSettings(
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        Security security,
        String from) {

    public enum Security {
        /** Encrypted after a greeting in the clear; a server that cannot gets nothing. */
        STARTTLS,
        /** Encrypted from the beginning. */
        TLS,
        NONE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An address as people write it: {@code ops@example.com}, {@code Sendstatus <status@example.com>}.
     *
     * @throws IllegalArgumentException if it is none; the message says so, without the text
     */
    public static String address(String text) {
        try {
            InternetAddress address = new InternetAddress(text, true);
            if (text.chars().noneMatch(Character::isISOControl)
                    && address.getAddress().indexOf('@') > 0) {
                return text;
            }
        } catch (AddressException e) {
            // Its message quotes the text, which may be a secret in the wrong place.
        }
        throw new IllegalArgumentException("is no e-mail address: write it like ops@example.com");
    }

    /** Nothing of the password. */
    @Override
    public String toString() {
        return "MailSettings[" + host + ":" + port + ", " + security.word() + "]";
    }
}
