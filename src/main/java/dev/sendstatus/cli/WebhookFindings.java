package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.WebhookDifference;
import dev.sendstatus.provider.WebhookResource;
import dev.sendstatus.text.Table;
import dev.sendstatus.webhooks.Webhooks.Findings;
import dev.sendstatus.webhooks.Webhooks.WebhookChange;
import java.util.List;
import java.util.Locale;

/** The findings at the providers, as a table for a person and as JSON for a program. */
record WebhookFindings(List<Findings> all) {

    List<WebhookResource> resources() {
        return all.stream().flatMap(findings -> findings.resources().stream()).toList();
    }

    /** A line for each account that could not be read. */
    List<String> failures() {
        return all.stream()
                .filter(findings -> !findings.failure().isEmpty())
                .map(findings -> findings.account().name() + ": " + findings.failure())
                .toList();
    }

    boolean right() {
        return all.stream().allMatch(Findings::right);
    }

    /** How many resources {@code apply} would change. */
    int planned() {
        return all.stream().mapToInt(findings -> findings.plan().size()).sum();
    }

    private static Table table(String... heading) {
        return Table.texts(heading).optional("Name", "Account");
    }

    /** A row for each difference, and one for each resource that has none; a resource that could not be read is left out. */
    Table table() {
        Table table = table("Account", "Resource", "Name", "Setting", "Found", "Wanted", "Why");
        for (Findings findings : all) {
            for (WebhookResource resource : findings.resources()) {
                if (resource.right()) {
                    WebhookResource.Setting first = resource.settings().get(0);
                    row(table, findings.account().name(), resource, first.field(), first.value(), "", "right");
                }
                for (WebhookDifference difference : resource.differences()) {
                    row(table, findings.account().name(), resource, difference);
                }
            }
        }
        return table;
    }

    /** A row for each difference that {@code apply} would mend. */
    Table plan() {
        Table table = table("Account", "Resource", "Name", "Setting", "From", "To", "Why");
        for (Findings findings : all) {
            for (WebhookResource resource : findings.plan()) {
                for (WebhookDifference difference : resource.mendable()) {
                    row(table, findings.account().name(), resource, difference);
                }
            }
        }
        return table;
    }

    private static void row(Table table, AccountName account, WebhookResource resource, WebhookDifference difference) {
        row(
                table,
                account,
                resource,
                difference.field(),
                difference.found(),
                difference.wanted(),
                difference.reason().text());
    }

    private static void row(
            Table table,
            AccountName account,
            WebhookResource resource,
            String field,
            String found,
            String wanted,
            String why) {
        table.row(
                account,
                resource.kind() + " " + shown(resource.id()),
                shown(resource.name()),
                field,
                shown(found),
                shown(wanted),
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
        return text.isEmpty() ? Table.NONE : blank ? "\"" + shown + "\"" : shown.toString();
    }

    private static boolean isUnseen(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    }

    /** The findings of every account; {@code failure} is null where it could be read. */
    ArrayNode json() {
        ArrayNode accounts = JsonNodeFactory.instance.arrayNode();
        for (Findings findings : all) {
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

    static ArrayNode changes(List<WebhookChange> changes) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (WebhookChange change : changes) {
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
