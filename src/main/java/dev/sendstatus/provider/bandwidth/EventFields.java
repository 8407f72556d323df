package dev.sendstatus.provider.bandwidth;

import org.jspecify.annotations.Nullable;

/**
 * What one element of a callback holds of what matters here, as it came; null for what is absent or has another shape. Filled by
 * {@link EventReader}, read once by {@link EventMeaning}, by one thread. Texts, descriptions, tags and media are not among it.
 */
final class EventFields {
    @Nullable
    String type;

    @Nullable
    String time;

    @Nullable
    String eventTime;

    @Nullable
    String to;

    @Nullable
    String errorCode;

    /** There is an error code, but of a form that cannot be one. */
    boolean errorCodeUnreadable;

    @Nullable
    String carrierName;

    /** The words by which Bandwidth's other products name their events, for the reason alone. */
    @Nullable
    String otherProductsWord;

    @Nullable
    MessageFields message;

    /** The part {@code message}. */
    static final class MessageFields {
        @Nullable
        String id;

        @Nullable
        String time;

        @Nullable
        String direction;

        @Nullable
        String from;

        /** The only entry of {@code to}; null if there are several, or none. */
        @Nullable
        String soleTo;

        /** 0 if it is not known. */
        int segmentCount;
    }
}
