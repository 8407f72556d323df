package dev.sendstatus.query;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.catalog.ErrorMeaning;

/** The meaning of an error code, as the {@code error} object of a message. */
final class ErrorDocument {
    private ErrorDocument() {}

    static ObjectNode of(ErrorMeaning error) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("code", error.code())
                .put("title", error.title())
                .put("meaning", error.meaning())
                .put("advice", error.advice())
                .put("category", error.category().word())
                .put("charged", error.charged().word())
                .put("retryable", error.retryable());
    }
}
