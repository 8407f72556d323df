package dev.sendstatus.store.merge;

/**
 * What messages are searched for by, as numbers. Those of an index are written for ever, so neither the order of the constants nor
 * the function may change without making the index anew.
 */
public enum Facet {
    PROVIDER,
    ACCOUNT,
    STATUS_ERROR,
    UNCONFIRMED,
    CONFLICT,
    ERROR_CODE,
    ANY_ERROR_CODE,
    SENDER,
    CAMPAIGN,
    TAG,
    LINK_DOMAIN,
    TO,
    INBOUND_FROM,
    REFERENCE,
    /** SENT and yet not open: where statements of both directions came for one message. */
    INBOUND_SENT;

    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int SHORTEST_NUMBER = 11;
    private static final int LONGEST_NUMBER = 15;

    private final long start = (FNV_BASIS ^ ordinal()) * FNV_PRIME;

    /** The number of a condition that has no text. */
    public long value() {
        return mix(start);
    }

    /** The number of a text. */
    public long value(String text) {
        return mix(add(start, text));
    }

    /** The same for a number with and without its plus, as {@link dev.sendstatus.event.Recipient} has it, without making one. */
    public long ofAddress(String address) {
        return mix(add(isNumberWithoutPlus(address) ? add(start, "+") : start, address));
    }

    private static long add(long hash, String text) {
        long sum = hash;
        for (int i = 0; i < text.length(); i++) {
            sum = (sum ^ text.charAt(i)) * FNV_PRIME;
        }
        return sum;
    }

    /** FNV's high bits hardly depend on the last characters; buckets and short hashes are cut from all of them. */
    private static long mix(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    private static boolean isNumberWithoutPlus(String address) {
        int length = address.length();
        if (length < SHORTEST_NUMBER || length > LONGEST_NUMBER) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (address.charAt(i) < '0' || address.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
