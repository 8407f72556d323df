package dev.sendstatus.provider.twilio;

import dev.sendstatus.provider.CallbackRequest;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The part of a request that holds Twilio's parameters. It also tells which bytes the signature covers. */
enum Carriage {
    /** GET: everything is in the query; a body is not covered by the signature and never read. */
    QUERY,
    /** POST of a form: the body, which the signature covers parameter by parameter. */
    FORM,
    /** POST of JSON: the body, which the signature covers by a hash in the query. */
    JSON;

    /** The query parameter with the hash of a JSON body. */
    static final String BODY_HASH = "bodySHA256";

    static final String FORM_TYPE = "application/x-www-form-urlencoded";
    /** Event Streams sends the first; the others are the CloudEvents specification's names for such bodies. */
    private static final Set<String> JSON_TYPES =
            Set.of("application/json", "application/cloudevents+json", "application/cloudevents-batch+json");

    static Carriage of(CallbackRequest request) {
        if (request.method().equals("GET")) {
            return QUERY;
        }
        String type = request.mediaType();
        if (type != null && JSON_TYPES.contains(type)) {
            return JSON;
        }
        boolean form = type != null && type.equals(FORM_TYPE);
        return form || !query(request).has(BODY_HASH) ? FORM : JSON;
    }

    static boolean knows(@Nullable String mediaType) {
        return mediaType == null || mediaType.equals(FORM_TYPE) || JSON_TYPES.contains(mediaType);
    }

    /** The parameters in it; null if it is JSON. */
    @Nullable
    FormParameters parameters(CallbackRequest request) {
        return switch (this) {
            case QUERY -> query(request);
            case FORM -> new FormParameters(request.body());
            case JSON -> null;
        };
    }

    /** The parameters of the query. */
    static FormParameters query(CallbackRequest request) {
        String query = request.query();
        return new FormParameters(query == null ? new byte[0] : query.getBytes(StandardCharsets.UTF_8));
    }
}
