package dev.sendstatus.api;

import dev.sendstatus.store.TokenScope;

/** The rights that a request's token gives. */
public sealed interface Access {

    /** The token is good, within its scope. */
    record Granted(TokenScope scope) implements Access {}

    /** There is none, or no such one. */
    record Refused() implements Access {}

    /** Too many wrong ones came. @param seconds when to try again */
    record Limited(long seconds) implements Access {}
}
