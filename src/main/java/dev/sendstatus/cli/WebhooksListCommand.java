package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.app.Database;
import dev.sendstatus.app.Providers;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.config.PublicUrl;
import dev.sendstatus.query.WebhookList;
import dev.sendstatus.query.WebhookTraffic;
import dev.sendstatus.state.Silence;
import dev.sendstatus.store.AccountActivity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.text.Figures;
import dev.sendstatus.text.Table;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code webhooks list}: the URL of each account, where to enter it, and what has come there. */
@Command(
        name = "list",
        description =
                "Lists the URL to give each provider, and where in its console or by which API call it is entered.",
        footer = {"", "Examples:", "  sendstatus webhooks list"},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class WebhooksListCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(names = "--json", description = "Print the API's JSON.")
    private boolean json;

    WebhooksListCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, StoreException, CommandFailed {
        Configuration configuration = context.configuration();
        WebhookList webhooks = new WebhookList(
                Providers.configured(configuration, context.adapters()),
                configuration.http().publicUrl().toString());
        WebhookTraffic traffic = traffic(configuration);
        if (json) {
            ObjectNode page = JsonNodeFactory.instance.objectNode();
            page.set("items", webhooks.items(traffic));
            page.putNull("next_cursor");
            context.out().println(page.toPrettyString());
            return 0;
        }
        PrintWriter out = context.out();
        for (WebhookList.Webhook webhook : webhooks.webhooks(traffic)) {
            out.println(webhook.account());
            out.println("  URL            " + webhook.url());
            out.println("  last callback  " + last(webhook.activity()));
            out.println("  refused        " + refused(webhook.activity()));
            hint(webhook.activity()).ifPresent(hint -> out.println("  hint           " + hint));
            Silence silence = webhook.silence();
            if (silence != null && silence.silent()) {
                out.println(
                        "  " + context.screen().painted(Table.Mark.WARNING, "SILENT") + "         " + silence.text());
            }
            if (!webhook.verify()) {
                out.println("  " + context.screen().painted(Table.Mark.ALARM, "WARNING")
                        + "        verify is false: anybody can send callbacks to it");
            }
            out.println("  Where it is entered:");
            webhook.steps().forEach(step -> out.println("    " + step));
            out.println();
        }
        if (!configuration.accounts().isEmpty()) {
            PublicUrl.mistake(configuration.http().publicUrl())
                    .ifPresent(mistake ->
                            out.println(context.screen().painted(Table.Mark.ALARM, "WARNING") + "  " + mistake));
        }
        configuration.off().forEach(off -> out.println(off.name() + " is off: " + off.remedy()));
        out.println(ConfigCheckCommand.WHOSE);
        return 0;
    }

    /** Nothing has come yet where no server has made a database. */
    private WebhookTraffic traffic(Configuration configuration) throws StoreException, CommandFailed {
        if (!Database.of(configuration.database()).exists()) {
            return WebhookTraffic.NONE;
        }
        try (Reads reads = OpenReads.of(configuration)) {
            return WebhookTraffic.of(reads, context.clock().instant());
        }
    }

    private static String last(@Nullable AccountActivity activity) {
        Instant last = activity == null ? null : activity.lastCallbackAt();
        return last == null ? "never" : Figures.time(last);
    }

    private static Optional<String> hint(@Nullable AccountActivity activity) {
        return Optional.ofNullable(activity).map(AccountActivity::hint);
    }

    private static String refused(@Nullable AccountActivity activity) {
        if (activity == null || activity.refused().isEmpty()) {
            return "none";
        }
        return activity.refused().toString().replaceAll("[{}]", "").replace("=", ": ");
    }
}
