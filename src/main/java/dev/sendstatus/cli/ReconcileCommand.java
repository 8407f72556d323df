package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.app.Lookups;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.LookupWindow;
import dev.sendstatus.provider.MessageLookup;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.reconcile.AccountResult;
import dev.sendstatus.reconcile.Reconciler;
import dev.sendstatus.reconcile.Sleeper.StoppableSleeper;
import dev.sendstatus.reconcile.StuckSelection;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.text.Table;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code reconcile}: asks the providers what became of messages, beside a running server or without one. */
@Command(
        name = "reconcile",
        description = {
            "Asks the providers what became of the messages that are stuck, or of all of a time.",
            "The server does the first by itself, each reconcile.interval. What was asked lately is not asked again; cut short,"
                    + " the next run goes on where this one ended."
        },
        footer = {
            "  sendstatus reconcile --older-than 6h --limit 1000",
            "  sendstatus reconcile --window 2026-11-24..2026-11-25 --provider twilio"
        })
final class ReconcileCommand extends JsonCommand {
    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            description = "Messages that wait at least so long: 6h, 90m or 2d. Default: stuck.threshold.")
    private @Nullable String olderThan;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many messages of an account, those that wait longest.")
    private int limit = Integer.MAX_VALUE;

    @Option(
            names = "--window",
            paramLabel = "FROM..TO",
            description = "Instead, everything that was sent or received in that time, known here or not:"
                    + " 2026-11-25T06:00:00Z..2026-11-25T09:30:00Z, or days in UTC.")
    private @Nullable String window;

    @Option(names = "--provider", paramLabel = "P", description = "Of this provider only.")
    private @Nullable String provider;

    @Option(names = "--account", paramLabel = "A", description = "Of the accounts of this name only.")
    private @Nullable String account;

    @Override
    public Integer call() throws StoreException, CommandFailed, InterruptedException, WrongParameter {
        if (limit < 1) {
            throw wrongUsage("--limit is 1 or more, not " + limit);
        }
        if (window != null && (olderThan != null || limit != Integer.MAX_VALUE)) {
            throw wrongUsage("--window takes all of a time: leave out --older-than and --limit");
        }
        Duration age = olderThan == null ? null : Times.age("older_than", olderThan);
        LookupWindow time = window == null ? null : window(window, now());
        Configuration configuration = configuration();
        List<MessageLookup> lookups = chosen(configuration);
        List<AccountResult> results = new ArrayList<>();
        StoppableSleeper pace = new StoppableSleeper();
        try (Store store = store(configuration);
                Reads reads = reads(configuration)) {
            Reconciler reconciler = new Reconciler(
                    reads,
                    store,
                    commit(store),
                    configuration.stuck().limits(),
                    configuration.reconcileInterval(),
                    context().clock(),
                    pace,
                    new SimpleMeterRegistry());
            for (MessageLookup lookup : lookups) {
                results.add(ask(reconciler, lookup, age, time));
            }
        }
        print(results);
        return results.stream().allMatch(AccountResult::complete) ? 0 : 1;
    }

    /** Those that can be asked and were meant, by name; says on the error stream which cannot be asked. */
    private List<MessageLookup> chosen(Configuration configuration) throws CommandFailed {
        if (provider != null) {
            requireProvider("--provider", provider);
        }
        List<MessageLookup> able =
                Lookups.of(configuration, providers(configuration), context().clock());
        List<AccountName> unable = Lookups.missing(configuration, able).stream()
                .filter(this::isMeant)
                .toList();
        for (AccountName name : unable) {
            note(name + " cannot be asked: " + Lookups.remedy(name) + ".");
        }
        List<MessageLookup> chosen = able.stream()
                .filter(lookup -> isMeant(lookup.account()))
                .sorted(Comparator.comparing(MessageLookup::account))
                .toList();
        if (chosen.isEmpty()) {
            throw new CommandFailed(
                    unable.isEmpty()
                            ? "No account of that name is switched on: config check shows what there is."
                            : "There is nobody to ask.");
        }
        return chosen;
    }

    private boolean isMeant(AccountName name) {
        return (provider == null || name.provider().word().equals(provider))
                && (account == null || name.name().equals(account));
    }

    /** The second time, where it is a day, counts as a whole. */
    private static LookupWindow window(String text, Instant now) throws WrongParameter {
        int dots = text.indexOf("..");
        if (dots < 0) {
            throw new WrongParameter("window is FROM..TO, like 2026-11-25T06:00:00Z..2026-11-25T09:30:00Z, or"
                    + " 2026-11-24..2026-11-25 for two days in UTC, not \"" + text + "\".");
        }
        Instant from = Times.moment("window", text.substring(0, dots), now);
        Instant to = Times.end("window", text.substring(dots + 2), now);
        if (!from.isBefore(to)) {
            throw new WrongParameter("window ends before it begins: " + text + ".");
        }
        return new LookupWindow(from, to, true);
    }

    private AccountResult ask(
            Reconciler reconciler, MessageLookup lookup, @Nullable Duration age, @Nullable LookupWindow time)
            throws StoreException, InterruptedException {
        try (ProgressLine progress = progress(lookup.account().toString(), 0)) {
            return time != null
                    ? reconciler.window(lookup, time, progress)
                    : reconciler.stuck(lookup, new StuckSelection(age, limit, true), progress);
        }
    }

    private void print(List<AccountResult> results) {
        if (json) {
            ObjectNode page = JSON.objectNode();
            page.set("accounts", documents(results));
            print(page);
            return;
        }
        Table table = Table.figures(
                "account", "asked", "calls", "updated", "still sent", "unchanged", "not found", "failed", "not due");
        print(DocumentTable.of(table.optional("unchanged", "calls", "not due"), documents(results)));
        for (AccountResult result : results) {
            if (result.stopped() != null) {
                note(result.account() + " was stopped: " + result.stopped());
            }
            result.remarks().forEach(remark -> note(result.account() + ": " + remark));
        }
    }

    private static ArrayNode documents(List<AccountResult> results) {
        ArrayNode accounts = JSON.arrayNode();
        for (AccountResult result : results) {
            ArrayNode remarks = accounts.addObject()
                    .put("provider", result.account().provider().word())
                    .put("account", result.account().name())
                    .put("asked", result.asked())
                    .put("calls", result.calls())
                    .put("updated", result.updated())
                    .put("still_sent", result.stillSent())
                    .put("unchanged", result.unchanged())
                    .put("not_found", result.notFound())
                    .put("failed", result.failed())
                    .put("not_due", result.notDue())
                    .put("stopped", result.stopped())
                    .putArray("remarks");
            result.remarks().forEach(remarks::add);
        }
        return accounts;
    }
}
