package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.WebhookDifference;
import dev.sendstatus.provider.WebhookResource;
import dev.sendstatus.webhooks.Change;
import dev.sendstatus.webhooks.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was found at the providers, as a table for a person and as JSON for a program. */
final class WebhookFindings {
    private static final String NONE = "-";

    private WebhookFindings() {}

    /** A row for each difference, and one for each resource that has none; what could not be read is left out. */
    static List<List<String>> rows(List<Findings> found) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Account", "Resource", "Name", "Setting", "Found", "Wanted", "Why"));
        for (Findings findings : found) {
            for (WebhookResource resource : findings.resources()) {
                if (resource.right()) {
                    rows.add(right(findings.account().name(), resource));
                }
                for (WebhookDifference difference : resource.differences()) {
                    rows.add(row(findings.account().name(), resource, difference));
                }
            }
        }
        return rows;
    }

    private static List<String> right(AccountName account, WebhookResource resource) {
        WebhookResource.Setting first = resource.settings().get(0);
        return List.of(
                account.toString(),
                resource.kind() + " " + shown(resource.id()),
                shown(resource.name()),
                first.field(),
                shown(first.value()),
                NONE,
                resource.note().isEmpty() ? "right" : "right; " + resource.note());
    }

    static List<String> row(AccountName account, WebhookResource resource, WebhookDifference difference) {
        String why = difference.reason().text();
        return List.of(
                account.toString(),
                resource.kind() + " " + shown(resource.id()),
                shown(resource.name()),
                difference.field(),
                shown(difference.found()),
                shown(difference.wanted()),
                resource.note().isEmpty() ? why : why + "; " + resource.note());
    }

    /**
     * The text as a person can see it: in quotes where it begins or ends with a blank, and with the code of every character that leaves no
     * mark. A terminal also obeys such characters, and names come from outside.
     */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c != ' ' && (Character.isWhitespace(c) || Character.isSpaceChar(c) || isUnseen(c))) {
                shown.append(String.format(Locale.ROOT, "<U+%04X>", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        boolean blank = text.startsWith(" ") || text.endsWith(" ");
        return text.isEmpty() ? NONE : blank ? "\"" + shown + "\"" : shown.toString();
    }

    private static boolean isUnseen(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    }

    /** Of every account; {@code failure} is null where it could be read. */
    static ArrayNode json(List<Findings> found) {
        ArrayNode accounts = JsonNodeFactory.instance.arrayNode();
        for (Findings findings : found) {
            AccountName name = findings.account().name();
            ObjectNode account = accounts.addObject()
                    .put("provider", name.provider().word())
                    .put("account", name.name())
                    .put("url", findings.account().wanted().url())
                    .put("right", findings.right())
                    .put("failure", findings.failure().isEmpty() ? null : findings.failure());
            ArrayNode resources = account.putArray("resources");
            findings.resources().forEach(resource -> put(resources.addObject(), resource));
        }
        return accounts;
    }

    private static void put(ObjectNode node, WebhookResource resource) {
        node.put("kind", resource.kind())
                .put("id", resource.id())
                .put("name", resource.name())
                .put("right", resource.right())
                .put("note", resource.note().isEmpty() ? null : resource.note());
        ObjectNode settings = node.putObject("settings");
        resource.settings().forEach(setting -> settings.put(setting.field(), setting.value()));
        ArrayNode differences = node.putArray("differences");
        for (WebhookDifference difference : resource.differences()) {
            differences
                    .addObject()
                    .put("reason", difference.reason().word())
                    .put("text", difference.reason().text())
                    .put("field", difference.field())
                    .put("found", difference.found())
                    .put("wanted", difference.wanted())
                    .put("mendable", difference.reason().mendable());
        }
    }

    static ArrayNode changes(List<Change> changes) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Change change : changes) {
            array.addObject()
                    .put("provider", change.account().provider().word())
                    .put("account", change.account().name())
                    .put("kind", change.resource().kind())
                    .put("id", change.resource().id())
                    .put("done", change.done())
                    .put("failure", change.done() ? null : change.failure());
        }
        return array;
    }
}
