package dev.sendstatus.cli;

import dev.sendstatus.app.Lookups;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.webhooks.Webhooks;
import dev.sendstatus.webhooks.Webhooks.CheckedAccount;
import dev.sendstatus.webhooks.Webhooks.Findings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import picocli.CommandLine.Option;

/** A command that compares the providers' webhooks with those that are wanted: all, unless it is told otherwise. */
abstract class WebhooksCommand extends JsonCommand {
    @Option(
            names = "--account",
            paramLabel = "PROVIDER/NAME",
            description = "Only this account; may be given again. Without it, every account that is on.")
    private List<String> accounts = new ArrayList<>();

    @Option(
            names = "--only",
            paramLabel = "ID",
            description = "Only the profile, service or application of this id; may be given again.")
    private List<String> only = new ArrayList<>();

    /** Asks the providers. @throws CommandFailed if there is nothing to ask about */
    WebhookFindings find(Configuration configuration) throws CommandFailed {
        List<CheckedAccount> all = Webhooks.accounts(
                providers(configuration),
                configuration.http().publicUrl(),
                Lookups.api(configuration, context().clock()));
        if (all.isEmpty()) {
            List<String> remedies = configuration.off().stream()
                    .map(off -> off.name() + ": " + off.remedy())
                    .toList();
            throw new CommandFailed("No account is on. " + String.join("; ", remedies));
        }
        if (configuration.http().publicUrl().toString().startsWith("http://")) {
            note("http.public-url is " + configuration.http().publicUrl()
                    + ": without https, callbacks and their passwords travel in the clear");
        }
        List<String> names =
                all.stream().map(account -> account.name().toString()).toList();
        for (String name : accounts) {
            if (!names.contains(name)) {
                throw new CommandFailed("No account is called " + name + "; there are " + String.join(", ", names));
            }
        }
        List<CheckedAccount> chosen = all.stream()
                .filter(account ->
                        accounts.isEmpty() || accounts.contains(account.name().toString()))
                .toList();
        List<Findings> each = new ArrayList<>();
        try (ProgressLine progress = progress("Asking", chosen.size())) {
            for (CheckedAccount account : chosen) {
                each.addAll(new Webhooks(List.of(account), new LinkedHashSet<>(only)).find());
                progress.at(each.size());
            }
        }
        WebhookFindings found = new WebhookFindings(each);
        refuseUnknown(found);
        return found;
    }

    /** Refuses an id that no account has. Where an account could not be read, the id may well be there. */
    private void refuseUnknown(WebhookFindings found) throws CommandFailed {
        if (!found.failures().isEmpty()) {
            return;
        }
        for (String id : only) {
            if (found.resources().stream().noneMatch(resource -> resource.id().equals(id))) {
                throw new CommandFailed(
                        "Nothing of the id " + id + " was found; without --only, webhooks check lists what there is");
            }
        }
    }
}
