package dev.sendstatus.provider.twilio;

import org.jspecify.annotations.Nullable;

/** Twilio's error codes stay text: forms send text, Event Streams sends numbers, and both are compared as text. */
final class ErrorCodes {
    private ErrorCodes() {}

    /** The code; null if there is none, which Twilio also says as an empty value or as zero. */
    static @Nullable String present(@Nullable String code) {
        return code == null || code.isEmpty() || code.equals("0") ? null : code;
    }
}
