package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.provider.WebhookResource;
import dev.sendstatus.webhooks.Webhooks.Findings;
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
        List<Findings> found = find(configuration());
        boolean right = found.stream().allMatch(Findings::right);
        if (json) {
            ObjectNode page = JSON.objectNode();
            page.put("right", right);
            page.set("items", WebhookFindings.json(found));
            print(page);
        } else {
            print(found);
        }
        return right ? 0 : 1;
    }

    private void print(List<Findings> found) {
        List<WebhookResource> resources = found.stream()
                .flatMap(findings -> findings.resources().stream())
                .toList();
        if (!resources.isEmpty()) {
            print(WebhookFindings.table(found));
            say();
        }
        for (Findings findings : found) {
            if (!findings.failure().isEmpty()) {
                note(findings.account().name() + ": " + findings.failure());
            } else if (findings.resources().isEmpty()) {
                say(findings.account().name() + ": the provider has nothing that takes a webhook");
            }
        }
        long differ = resources.stream().filter(resource -> !resource.right()).count();
        say(resources.size() - differ + " right, " + differ + " not.");
        if (found.stream().anyMatch(findings -> !findings.plan().isEmpty())) {
            say("\"sendstatus webhooks apply --dry-run\" shows what would be changed.");
        }
    }
}
