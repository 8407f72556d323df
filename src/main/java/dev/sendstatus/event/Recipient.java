package dev.sendstatus.event;

/**
 * Whom a message goes to. A number of 11 to 15 digits is the same with or without its plus and is kept with it; every other
 * form (short codes, names, {@code whatsapp:…}) is kept and compared as sent.
 */
public record Recipient(String address) implements Comparable<Recipient> {

    private static final int SHORTEST_NUMBER = 11;
    private static final int LONGEST_NUMBER = 15;

    public Recipient {
        if (address.isEmpty()) {
            throw new IllegalArgumentException("a recipient's address is not empty");
        }
        address = PlainText.of(address);
        if (isNumberWithoutPlus(address)) {
            address = "+" + address;
        }
    }

    private static boolean isNumberWithoutPlus(String address) {
        int length = address.length();
        if (length < SHORTEST_NUMBER || length > LONGEST_NUMBER) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = address.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(Recipient other) {
        return address.compareTo(other.address);
    }

    @Override
    public String toString() {
        return address;
    }
}
