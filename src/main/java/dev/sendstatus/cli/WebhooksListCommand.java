package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.app.Database;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.PublicUrl;
import dev.sendstatus.query.WebhookList;
import dev.sendstatus.query.WebhookTraffic;
import dev.sendstatus.state.Silence;
import dev.sendstatus.store.AccountActivity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.text.Figures;
import dev.sendstatus.text.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code webhooks list}: the URL of each account, where to enter it, and what has come there. */
@Command(
        name = "list",
        description =
                "Lists the URL to give each provider, and where in its console or by which API call it is entered.",
        footer = "  sendstatus webhooks list")
final class WebhooksListCommand extends BaseCommand {
    @Option(names = "--json", description = "Print the API's JSON.")
    private boolean json;

    @Override
    public Integer call() throws StoreException, CommandFailed {
        Configuration configuration = configuration();
        WebhookList webhooks = new WebhookList(
                providers(configuration), configuration.http().publicUrl().toString());
        WebhookTraffic traffic = traffic(configuration);
        if (json) {
            ObjectNode page = JSON.objectNode();
            page.set("items", webhooks.items(traffic));
            page.putNull("next_cursor");
            print(page);
            return 0;
        }
        for (WebhookList.Webhook webhook : webhooks.webhooks(traffic)) {
            print(webhook);
        }
        if (!configuration.accounts().isEmpty()) {
            PublicUrl.mistake(configuration.http().publicUrl())
                    .ifPresent(mistake -> say(painted(Table.Mark.ALARM, "WARNING") + "  " + mistake));
        }
        configuration.off().forEach(off -> say(off.name() + " is off: " + off.remedy()));
        say(ConfigCheckCommand.WHOSE);
        return 0;
    }

    private void print(WebhookList.Webhook webhook) {
        AccountActivity activity = webhook.activity();
        say(webhook.account());
        say("  URL            " + webhook.url());
        say("  last callback  " + last(activity));
        say("  refused        " + refused(activity));
        if (activity != null && activity.hint() != null) {
            say("  hint           " + activity.hint());
        }
        Silence silence = webhook.silence();
        if (silence != null && silence.silent()) {
            say("  " + painted(Table.Mark.WARNING, "SILENT") + "         " + silence.text());
        }
        if (!webhook.verify()) {
            say("  " + painted(Table.Mark.ALARM, "WARNING")
                    + "        verify is false: anybody can send callbacks to it");
        }
        say("  Where it is entered:");
        webhook.steps().forEach(step -> say("    " + step));
        say();
    }

    private String painted(Table.Mark mark, String word) {
        return context().screen().painted(mark, word);
    }

    /** Nothing has come yet where no server has made a database. */
    private WebhookTraffic traffic(Configuration configuration) throws StoreException, CommandFailed {
        if (!Database.of(configuration.database()).exists()) {
            return WebhookTraffic.NONE;
        }
        try (Reads reads = reads(configuration)) {
            return WebhookTraffic.of(reads, now());
        }
    }

    private static String last(@Nullable AccountActivity activity) {
        Instant last = activity == null ? null : activity.lastCallbackAt();
        return last == null ? "never" : Figures.time(last);
    }

    private static String refused(@Nullable AccountActivity activity) {
        if (activity == null || activity.refused().isEmpty()) {
            return "none";
        }
        return activity.refused().toString().replaceAll("[{}]", "").replace("=", ": ");
    }
}
