package dev.sendstatus.config;

/** A text does not fit its key. The message tells the fault and how to mend it. It is caught where the key is known. */
final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unfit(String remedy) {
        super(remedy, null, false, false);
    }

    String remedy() {
        return String.valueOf(getMessage());
    }
}
