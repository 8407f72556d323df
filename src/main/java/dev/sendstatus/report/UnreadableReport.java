package dev.sendstatus.report;

/** A kept document is not a report that this version understands. The message holds nothing of the document. */
public final class UnreadableReport extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableReport(String message) {
        super(message);
    }
}
