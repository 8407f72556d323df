package dev.sendstatus.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.catalog.Charged;
import dev.sendstatus.catalog.ErrorMeaning;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.SeenErrorCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The catalogue with how often each code came: every code that it holds, and every code that came and that it lacks. */
public record ErrorCodeList(Catalogue catalogue) {

    /**
     * A code, known or not.
     *
     * @param chargedByStatus where the provider's status makes a difference
     * @param seen 0 if it never came
     * @param lastSeenAt null if it never came
     */
    public record Item(
            ErrorMeaning meaning,
            Map<String, Charged> chargedByStatus,
            long seen,
            @Nullable Instant lastSeenAt) {

        public ObjectNode json() {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("provider", meaning.provider().word());
            node.setAll(MessageDocument.error(meaning));
            ObjectNode byStatus = node.putObject("charged_by_status");
            chargedByStatus.forEach((status, charged) -> byStatus.put(status, charged.word()));
            return node.put("source", meaning.source())
                    .put("known", meaning.known())
                    .put("seen", seen)
                    .put("last_seen_at", Times.text(lastSeenAt));
        }
    }

    /**
     * By provider and code.
     *
     * @param provider its word; null for all
     * @param known null for known and unknown ones
     */
    public List<Item> items(List<SeenErrorCode> seen, @Nullable String provider, @Nullable Boolean known)
            throws WrongParameter {
        Provider only = ParameterText.oneOf("provider", provider, catalogue.providers(), Provider::word);
        Map<List<String>, SeenErrorCode> unlisted = new HashMap<>();
        seen.forEach(one -> unlisted.put(key(one.provider(), one.code()), one));
        List<Item> items = new ArrayList<>();
        for (ErrorMeaning entry : catalogue.entries()) {
            items.add(item(entry.provider(), entry.code(), unlisted.remove(key(entry.provider(), entry.code()))));
        }
        unlisted.values().forEach(one -> items.add(item(one.provider(), one.code(), one)));
        return items.stream()
                .filter(item -> only == null || item.meaning().provider().equals(only))
                .filter(item -> known == null || item.meaning().known() == known)
                .sorted(Comparator.comparing(Item::meaning, ErrorMeaning.BY_CODE))
                .toList();
    }

    /** One code, whether anybody knows it or not. */
    public Item item(List<SeenErrorCode> seen, Provider provider, String code) {
        return item(
                provider,
                code,
                seen.stream()
                        .filter(one ->
                                one.provider().equals(provider) && one.code().equals(code))
                        .findFirst()
                        .orElse(null));
    }

    /** As the page of the API. */
    public static ObjectNode page(List<Item> items) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode list = page.putArray("items");
        items.forEach(item -> list.add(item.json()));
        page.putNull("next_cursor");
        return page;
    }

    private Item item(Provider provider, String code, @Nullable SeenErrorCode seen) {
        return new Item(
                catalogue.meaning(provider, code, null, null),
                catalogue.chargedByStatus(provider, code),
                seen == null ? 0 : seen.count(),
                seen == null ? null : seen.lastAt());
    }

    private static List<String> key(Provider provider, String code) {
        return List.of(provider.word(), code);
    }
}
