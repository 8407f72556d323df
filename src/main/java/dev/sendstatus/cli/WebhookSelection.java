package dev.sendstatus.cli;

import dev.sendstatus.app.Lookups;
import dev.sendstatus.app.Providers;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.webhooks.Webhooks;
import dev.sendstatus.webhooks.Webhooks.CheckedAccount;
import dev.sendstatus.webhooks.Webhooks.Findings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which webhooks a command is about: all, unless it is told otherwise. */
final class WebhookSelection {
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
    List<Findings> find(CliContext context, Configuration configuration) throws CommandFailed {
        List<CheckedAccount> all = Webhooks.accounts(
                Providers.configured(configuration, context.adapters()),
                configuration.http().publicUrl(),
                Lookups.api(configuration, context.clock()));
        if (all.isEmpty()) {
            List<String> remedies = configuration.off().stream()
                    .map(off -> off.name() + ": " + off.remedy())
                    .toList();
            throw new CommandFailed("No account is on. " + String.join("; ", remedies));
        }
        if (configuration.http().publicUrl().toString().startsWith("http://")) {
            context.err()
                    .println("http.public-url is " + configuration.http().publicUrl()
                            + ": without https, callbacks and their passwords travel in the clear");
        }
        Set<String> wanted = new LinkedHashSet<>(accounts);
        for (String name : wanted) {
            if (all.stream().noneMatch(account -> account.name().toString().equals(name))) {
                throw new CommandFailed("No account is called " + name + "; there are "
                        + String.join(
                                ", ",
                                all.stream()
                                        .map(CheckedAccount::name)
                                        .map(AccountName::toString)
                                        .toList()));
            }
        }
        List<CheckedAccount> chosen = all.stream()
                .filter(account ->
                        wanted.isEmpty() || wanted.contains(account.name().toString()))
                .toList();
        List<Findings> found = new ArrayList<>();
        try (ProgressLine progress = ProgressLine.of(context.terminal(), "Asking", chosen.size())) {
            for (CheckedAccount account : chosen) {
                found.addAll(new Webhooks(List.of(account), new LinkedHashSet<>(only)).find());
                progress.at(found.size());
            }
        }
        refuseUnknown(found);
        return found;
    }

    /** Not where an account could not be read: the id may well be there. */
    private void refuseUnknown(List<Findings> found) throws CommandFailed {
        if (found.stream().anyMatch(findings -> !findings.failure().isEmpty())) {
            return;
        }
        for (String id : only) {
            if (found.stream()
                    .flatMap(findings -> findings.resources().stream())
                    .noneMatch(resource -> resource.id().equals(id))) {
                throw new CommandFailed("Nothing of the id " + id
                        + " was found; without --only, webhooks check lists what" + " there is");
            }
        }
    }
}
