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
import org.jspecify.annotations.Nullable;

/**
 * A page of a list whose items have numbers, the newest first.
 *
 * @param before only items of lower numbers
 */
public record NumberedPage(int limit, long before) {
    private static final int USUAL_LIMIT = 100;
    private static final int HIGHEST_LIMIT = 500;

    /** Makes the JSON of an item. */
    @FunctionalInterface
    interface Item<T> {
        ObjectNode of(T item) throws StoreException;
    }

    /** @param cursor where it goes on; null for the beginning of the list */
    public static NumberedPage of(int limit, @Nullable String cursor) throws WrongParameter {
        return new NumberedPage(limit, cursor == null ? Long.MAX_VALUE : Cursor.read(cursor));
    }

    /** As a request asks for it by {@code limit} and {@code cursor}. */
    static NumberedPage of(Context ctx) throws WrongParameter {
        return of(limit(ctx.queryParam("limit"), HIGHEST_LIMIT), ctx.queryParam("cursor"));
    }

    /** How many items a page has. @param most the highest that may be asked for */
    static int limit(@Nullable String text, int most) throws WrongParameter {
        try {
            int limit = text == null ? USUAL_LIMIT : Integer.parseInt(text.strip());
            if (limit >= 1 && limit <= most) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Falls through.
        }
        throw new WrongParameter("limit is a number from 1 to " + most + "; " + USUAL_LIMIT + " if left out.");
    }

    /** How many to look for: one more than are shown tells whether there are more. */
    public int lookedFor() {
        return limit + 1;
    }

    /** @param found up to {@link #lookedFor} items */
    public <T> List<T> shown(List<T> found) {
        return found.subList(0, Math.min(limit, found.size()));
    }

    /** The cursor of the next page; null if there is none. */
    public <T> @Nullable String next(List<T> found, ToLongFunction<T> number) {
        return found.size() > limit ? Cursor.write(number.applyAsLong(found.get(limit - 1))) : null;
    }

    <T> void answer(Context ctx, List<T> found, ToLongFunction<T> number, Item<T> item) throws StoreException {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode items = page.putArray("items");
        for (T one : shown(found)) {
            items.add(item.of(one));
        }
        Json.answer(ctx, page.put("next_cursor", next(found, number)));
    }
}
