package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.provider.WebhookResource;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code webhooks check}: what the providers have, compared with what they should have. */
@Command(
        name = "check",
        description = {
            "Compares what each provider has configured with the URLs of \"webhooks list\", and says why it differs.",
            "Only reads. Failed (1) if something differs, or cannot be read."
        },
        footer = {"  sendstatus webhooks check", "  sendstatus webhooks check --account twilio/main"})
final class WebhooksCheckCommand extends WebhooksCommand {
    @Override
    public Integer call() throws CommandFailed {
        WebhookFindings found = find(configuration());
        boolean right = found.right();
        if (json) {
            ObjectNode page = JSON.objectNode();
            page.put("right", right);
            page.set("items", found.json());
            print(page);
        } else {
            print(found);
        }
        return right ? 0 : 1;
    }

    private void print(WebhookFindings found) {
        List<WebhookResource> resources = found.resources();
        if (!resources.isEmpty()) {
            print(found.table());
            say();
        }
        found.failures().forEach(this::note);
        found.all().stream()
                .filter(findings ->
                        findings.failure().isEmpty() && findings.resources().isEmpty())
                .forEach(
                        findings -> say(findings.account().name() + ": the provider has nothing that takes a webhook"));
        long differ = resources.stream().filter(resource -> !resource.right()).count();
        say(resources.size() - differ + " right, " + differ + " not.");
        if (found.planned() > 0) {
            say("\"sendstatus webhooks apply --dry-run\" shows what would be changed.");
        }
    }
}
