package dev.sendstatus.channel;

/** How something is shown at first sight; the later, the more it matters. */
public enum Tone {
    GOOD("#2e7d32"),
    INFO("#1565c0"),
    WARNING("#ef6c00"),
    CRITICAL("#c62828");

    private final String colour;

    Tone(String colour) {
        this.colour = colour;
    }

    /** {@code #c62828}. */
    public String colour() {
        return colour;
    }
}
