package dev.sendstatus.dashboard;

import dev.sendstatus.store.TokenScope;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request by a session.
 *
 * @param now the moment as of which everything on the page is
 */
public record Visit(Context context, TokenScope scope, Instant now) {

    public boolean mayWrite() {
        return scope == TokenScope.WRITE;
    }

    /** A part of the path. */
    String path(String name) {
        return context.pathParam(name);
    }

    /** A parameter of the query; null if it is missing or empty. A form sends an empty one for a field that is not filled. */
    @Nullable
    String query(String name) {
        String value = context.queryParam(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** The parameters of the query but for the empty ones, and but for these. */
    Map<String, List<String>> queryWithout(String... names) {
        Map<String, List<String>> given = new LinkedHashMap<>(context.queryParamMap());
        given.values().removeIf(values -> values.stream().allMatch(String::isEmpty));
        given.keySet().removeAll(List.of(names));
        return given;
    }

    /** A field of a form that was sent; empty if it is missing. */
    String field(String name) {
        String value = context.formParam(name);
        return value == null ? "" : value;
    }
}
