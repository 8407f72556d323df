package dev.sendstatus.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.query.Cursor;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.StoreException;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A page of a list whose items have numbers, the newest first, as a request asks for it by {@code limit} and {@code cursor}.
 *
 * @param before only items of lower numbers
 */
record NumberedPage(int limit, long before) {
    private static final int HIGHEST_LIMIT = 500;

    /** Makes the JSON of an item. */
    @FunctionalInterface
    interface Item<T> {
        ObjectNode of(T item) throws StoreException;
    }

    static NumberedPage of(Context ctx) throws WrongParameter {
        String cursor = ctx.queryParam("cursor");
        return new NumberedPage(
                ListParameters.limit(ctx.queryParam("limit"), HIGHEST_LIMIT),
                cursor == null ? Long.MAX_VALUE : Cursor.read(cursor));
    }

    /** How many to look for: one more than are shown tells whether there are more. */
    int lookedFor() {
        return limit + 1;
    }

    /** @param found up to {@link #lookedFor} items */
    <T> void answer(Context ctx, List<T> found, ToLongFunction<T> number, Item<T> item) throws StoreException {
        List<T> shown = found.subList(0, Math.min(limit, found.size()));
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode items = page.putArray("items");
        for (T one : shown) {
            items.add(item.of(one));
        }
        boolean more = found.size() > shown.size();
        page.put("next_cursor", more ? Cursor.write(number.applyAsLong(found.get(limit - 1))) : null);
        Json.answer(ctx, page);
    }
}
