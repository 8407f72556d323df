package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.provider.WebhookResource;
import dev.sendstatus.webhooks.Webhooks.Findings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code webhooks check}: what the providers have, compared with what they should have. */
@Command(
        name = "check",
        description = {
            "Compares what each provider has configured with the URLs of \"webhooks list\", and says why it differs.",
            "Only reads. Failed (1) if something differs, or cannot be read."
        },
        footer = {"", "Examples:", "  sendstatus webhooks check", "  sendstatus webhooks check --account twilio/main"},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class WebhooksCheckCommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private final WebhookSelection selection = new WebhookSelection();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    WebhooksCheckCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, CommandFailed {
        Configuration configuration = context.configuration();
        List<Findings> found = selection.find(context, configuration);
        boolean right = found.stream().allMatch(Findings::right);
        if (json) {
            ObjectNode page = JsonNodeFactory.instance.objectNode();
            page.put("right", right);
            page.set("items", WebhookFindings.json(found));
            context.out().println(page.toPrettyString());
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
            context.print(WebhookFindings.table(found));
            context.out().println();
        }
        for (Findings findings : found) {
            if (!findings.failure().isEmpty()) {
                context.err().println(findings.account().name() + ": " + findings.failure());
            } else if (findings.resources().isEmpty()) {
                context.out().println(findings.account().name() + ": the provider has nothing that takes a webhook");
            }
        }
        long differ = resources.stream().filter(resource -> !resource.right()).count();
        context.out().println(resources.size() - differ + " right, " + differ + " not.");
        if (found.stream().anyMatch(findings -> !findings.plan().isEmpty())) {
            context.out().println("\"sendstatus webhooks apply --dry-run\" shows what would be changed.");
        }
    }
}
