package dev.sendstatus.store;

/** A question in SQL that the database does not answer; the message is the database's own, in one line. */
public final class WrongSql extends Exception {
    private static final long serialVersionUID = 1L;

    public WrongSql(String message, Throwable cause) {
        super(message, cause);
    }
}
