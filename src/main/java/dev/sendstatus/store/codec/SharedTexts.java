package dev.sendstatus.store.codec;

import dev.sendstatus.event.DeliveryEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a callback's body says in the very words of its message's row: the message's id, the recipient's and the sender's digits, the
 * event's id. They are random, so nothing compresses them; a body without them takes a third of the room. In a shortened body a byte of 1
 * to 4 stands for each: neither JSON nor a form has these bytes.
 */
public final class SharedTexts {
    /** A shorter one is hardly worth its search. */
    private static final int SHORTEST = 5;

    private static final int KINDS = 4;

    /** What bytes mean to the search: a text begins after these only, in JSON, in a form, and within a URL. */
    private static final byte BEFORE_TEXT = 1;

    private static final byte MARK = 2;
    private static final byte[] MEANING = new byte[256];

    private static final byte[] NONE = new byte[0];

    static {
        for (int kind = 1; kind <= KINDS; kind++) {
            MEANING[kind] = MARK;
        }
        // B ends the %2B that a form has for a plus.
        for (char c : "\"=+/B".toCharArray()) {
            MEANING[c] = BEFORE_TEXT;
        }
    }

    private final byte[][] texts;
    /** A bit for the first byte of each, or one 64 apart from it: most places where a text may begin need no closer look. */
    private final long firsts;

    private SharedTexts(byte[][] texts) {
        this.texts = texts;
        long bits = 0;
        for (byte[] text : texts) {
            bits |= text.length >= SHORTEST ? 1L << text[0] : 0;
        }
        this.firsts = bits;
    }

    /** Those of a callback's only event. */
    public static SharedTexts of(DeliveryEvent event) {
        return new SharedTexts(new byte[][] {
            bytes(event.message().id()),
            event.recipient() == null ? NONE : digits(event.recipient().address()),
            event.from() == null ? NONE : digits(event.from()),
            event.eventId() == null ? NONE : bytes(event.eventId())
        });
    }

    /** A form has the plus in another spelling than JSON. */
    private static byte[] digits(String address) {
        return bytes(address.startsWith("+") ? address.substring(1) : address);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Writes a body without the texts.
     *
     * @param out receives the body, if it is shorter without them; else it is undefined
     * @return whether it is shorter, and can be restored
     */
    boolean shorten(byte[] body, ByteWriter out) {
        int written = 0;
        int i = 0;
        byte meaning = BEFORE_TEXT;
        while (meaning == BEFORE_TEXT) {
            int kind = i < body.length && mayBegin(body[i]) ? textAt(body, i) : -1;
            if (kind >= 0) {
                out.writeBytes(body, written, i - written);
                out.writeByte(kind + 1);
                i += texts[kind].length;
                written = i;
            }
            meaning = 0;
            while (meaning == 0 && i < body.length) {
                meaning = MEANING[body[i++] & 0xFF];
            }
        }
        out.writeBytes(body, written, body.length - written);
        return written > 0 && meaning != MARK;
    }

    private boolean mayBegin(byte first) {
        return (firsts >>> first & 1) != 0;
    }

    private int textAt(byte[] body, int at) {
        for (int kind = 0; kind < KINDS; kind++) {
            byte[] text = texts[kind];
            if (text.length >= SHORTEST
                    && text.length <= body.length - at
                    && Arrays.equals(text, 0, text.length, body, at, at + text.length)) {
                return kind;
            }
        }
        return -1;
    }

    /** The body that was shortened by the same texts. */
    byte[] restore(byte[] shortened) {
        ByteWriter out = new ByteWriter(shortened.length + 128);
        int written = 0;
        for (int i = 0; i < shortened.length; i++) {
            if (MEANING[shortened[i] & 0xFF] == MARK) {
                out.writeBytes(shortened, written, i - written);
                out.writeBytes(texts[shortened[i] - 1]);
                written = i + 1;
            }
        }
        out.writeBytes(shortened, written, shortened.length - written);
        return out.toBytes();
    }
}
