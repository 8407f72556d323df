package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.PublicUrl;
import dev.sendstatus.webhooks.Webhooks;
import dev.sendstatus.webhooks.Webhooks.WebhookChange;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code webhooks apply}: sets at the providers what {@code webhooks check} finds different. */
@Command(
        name = "apply",
        description = {
            "Shows what \"webhooks check\" finds different, asks, and sets it through the providers' APIs:",
            "one request for each resource, with the fields that differ and no others.",
            "Failed (1) if an account could not be read or a change failed."
        },
        footer = {"  sendstatus webhooks apply --dry-run", "  sendstatus webhooks apply --account telnyx/main"})
final class WebhooksApplyCommand extends WebhooksCommand {
    @Option(names = "--dry-run", description = "Show the plan and change nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Change without asking; needed where nobody can be asked.")
    private boolean yes;

    @Override
    public Integer call() throws CommandFailed {
        Configuration configuration = configuration();
        if (!dryRun) {
            refuseWhatNobodyCanReach(configuration.http().publicUrl());
        }
        WebhookFindings found = find(configuration);
        int planned = found.planned();
        if (!json) {
            show(found, planned);
        }
        found.failures().forEach(this::note);
        boolean agreed = planned > 0 && !dryRun && agreed(planned);
        List<WebhookChange> changes = agreed ? Webhooks.apply(found.all()) : List.of();
        tell(found, changes);
        boolean refused = planned > 0 && !dryRun && !agreed;
        boolean failed = !found.failures().isEmpty() || changes.stream().anyMatch(change -> !change.done());
        return refused || failed ? 1 : 0;
    }

    /** Every status of every message would be lost from then on. */
    private static void refuseWhatNobodyCanReach(URI publicUrl) throws CommandFailed {
        Optional<String> mistake = PublicUrl.mistake(publicUrl);
        if (mistake.isPresent()) {
            throw new CommandFailed(mistake.get() + " (--dry-run shows the plan all the same)");
        }
    }

    private void show(WebhookFindings found, int planned) {
        if (planned == 0) {
            boolean compared = found.failures().size() < found.all().size();
            say(compared ? "Nothing to change." : "Nothing could be compared.");
            if (found.resources().stream().anyMatch(resource -> !resource.right())) {
                say("What still differs cannot be mended there: webhooks check says why.");
            }
            return;
        }
        print(found.plan());
        say();
        say(planned + (planned == 1 ? " change." : " changes.") + (dryRun ? " Nothing was done." : ""));
        context().out().flush();
    }

    private boolean agreed(int planned) {
        if (yes) {
            return true;
        }
        return agreed(
                planned == 1 ? "Make this change?" : "Make these " + planned + " changes?",
                "Nothing was changed.",
                "Nobody can be asked here, and nothing was changed: give --yes to make "
                        + (planned == 1 ? "the change" : "the " + planned + " changes")
                        + ", or --dry-run to see what would change.");
    }

    private void tell(WebhookFindings found, List<WebhookChange> changes) {
        if (json) {
            ObjectNode page = JSON.objectNode();
            page.put("dry_run", dryRun);
            page.set("items", found.json());
            page.set("changes", WebhookFindings.changes(changes));
            print(page);
            return;
        }
        for (WebhookChange change : changes) {
            String what = change.account() + ", " + change.resource().kind() + " "
                    + change.resource().id();
            if (change.done()) {
                say("changed " + what);
            } else {
                note("NOT changed " + what + ": " + change.failure());
            }
        }
    }
}
