package dev.sendstatus.config;

/** A text is not what its key needs: what is wrong with it and how to mend it. Caught where the key is known. */
final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unfit(String remedy) {
        super(remedy, null, false, false);
    }

    String remedy() {
        return String.valueOf(getMessage());
    }
}
