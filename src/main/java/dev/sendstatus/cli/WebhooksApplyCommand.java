package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.config.PublicUrl;
import dev.sendstatus.provider.WebhookDifference;
import dev.sendstatus.provider.WebhookResource;
import dev.sendstatus.text.Table;
import dev.sendstatus.webhooks.Webhooks;
import dev.sendstatus.webhooks.Webhooks.Findings;
import dev.sendstatus.webhooks.Webhooks.WebhookChange;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code webhooks apply}: sets at the providers what {@code webhooks check} finds different. */
@Command(
        name = "apply",
        description = {
            "Shows what \"webhooks check\" finds different, asks, and sets it through the providers' APIs:",
            "one request for each resource, with the fields that differ and no others.",
            "Failed (1) if an account could not be read or a change failed."
        },
        footer = {
            "",
            "Examples:",
            "  sendstatus webhooks apply --dry-run",
            "  sendstatus webhooks apply --account telnyx/main"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class WebhooksApplyCommand implements Callable<Integer> {
    private final CliContext context;
    private final Confirmation confirmation;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final WebhookSelection selection = new WebhookSelection();

    @Option(names = "--dry-run", description = "Show the plan and change nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Change without asking; needed where nobody can be asked.")
    private boolean yes;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    WebhooksApplyCommand(CliContext context) {
        this(context, Confirmation.ofProcess(context.terminal()));
    }

    WebhooksApplyCommand(CliContext context, Confirmation confirmation) {
        this.context = context;
        this.confirmation = confirmation;
    }

    @Override
    public Integer call() throws InvalidConfiguration, CommandFailed {
        Configuration configuration = context.configuration();
        if (!dryRun) {
            refuseWhatNobodyCanReach(configuration.http().publicUrl());
        }
        List<Findings> found = selection.find(context, configuration);
        int planned =
                found.stream().mapToInt(findings -> findings.plan().size()).sum();
        if (!json) {
            show(found, planned);
        }
        found.stream()
                .filter(findings -> !findings.failure().isEmpty())
                .forEach(findings -> context.err().println(findings.account().name() + ": " + findings.failure()));
        boolean agreed = planned > 0 && !dryRun && agreed(planned);
        List<WebhookChange> changes = agreed ? Webhooks.apply(found) : List.of();
        tell(found, changes);
        boolean refused = planned > 0 && !dryRun && !agreed;
        boolean failed = found.stream().anyMatch(findings -> !findings.failure().isEmpty())
                || changes.stream().anyMatch(change -> !change.done());
        return refused || failed ? 1 : 0;
    }

    /** Every status of every message would be lost from then on. */
    private static void refuseWhatNobodyCanReach(URI publicUrl) throws CommandFailed {
        Optional<String> mistake = PublicUrl.mistake(publicUrl);
        if (mistake.isPresent()) {
            throw new CommandFailed(mistake.get() + " (--dry-run shows the plan all the same)");
        }
    }

    private void show(List<Findings> found, int planned) {
        if (planned == 0) {
            boolean compared =
                    found.stream().anyMatch(findings -> findings.failure().isEmpty());
            context.out().println(compared ? "Nothing to change." : "Nothing could be compared.");
            boolean differs = found.stream()
                    .flatMap(findings -> findings.resources().stream())
                    .anyMatch(resource -> !resource.right());
            if (differs) {
                context.out().println("What still differs cannot be mended there: webhooks check says why.");
            }
            return;
        }
        Table table = WebhookFindings.table("Account", "Resource", "Name", "Setting", "From", "To", "Why");
        for (Findings findings : found) {
            for (WebhookResource resource : findings.plan()) {
                for (WebhookDifference difference : resource.mendable()) {
                    WebhookFindings.row(table, findings.account().name(), resource, difference);
                }
            }
        }
        context.print(table);
        context.out().println();
        context.out()
                .println(planned + (planned == 1 ? " change." : " changes.") + (dryRun ? " Nothing was done." : ""));
        context.out().flush();
    }

    private boolean agreed(int planned) {
        if (yes) {
            return true;
        }
        String question = planned == 1 ? "Make this change?" : "Make these " + planned + " changes?";
        return switch (confirmation.ask(context.err(), question)) {
            case YES -> true;
            case NO -> {
                context.err().println("Nothing was changed.");
                yield false;
            }
            case NOBODY_THERE ->
                throw new ParameterException(
                        spec.commandLine(),
                        "Nobody can be asked here, and nothing was changed: give --yes to make "
                                + (planned == 1 ? "the change" : "the " + planned + " changes")
                                + ", or --dry-run to see what would change.");
        };
    }

    private void tell(List<Findings> found, List<WebhookChange> changes) {
        if (json) {
            ObjectNode page = JsonNodeFactory.instance.objectNode();
            page.put("dry_run", dryRun);
            page.set("items", WebhookFindings.json(found));
            page.set("changes", WebhookFindings.changes(changes));
            context.out().println(page.toPrettyString());
            return;
        }
        for (WebhookChange change : changes) {
            String what = change.account() + ", " + change.resource().kind() + " "
                    + change.resource().id();
            if (change.done()) {
                context.out().println("changed " + what);
            } else {
                context.err().println("NOT changed " + what + ": " + change.failure());
            }
        }
    }
}
