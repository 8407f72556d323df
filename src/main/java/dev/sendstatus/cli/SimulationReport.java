package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.text.Table;
import java.util.Locale;
import java.util.Map;

/**
 * The result of a run of {@code simulate}.
 *
 * @param seconds how long it took
 * @param registered how many sends the server has registered
 */
record SimulationReport(long seed, double seconds, long registered, Map<Provider, SimulatedFigures> figures) {

    boolean good() {
        return figures.values().stream().allMatch(SimulatedFigures::good);
    }

    /** The table, made to fit the screen, and what there is to say beside it. */
    String table(Table.Screen screen) {
        Table table = Table.figures(
                        "provider",
                        "messages",
                        "callbacks",
                        "accepted",
                        "refused",
                        "busy",
                        "callbacks/s",
                        "SENT",
                        "DELIVERED",
                        "ERROR",
                        "silent")
                .optional("callbacks/s", "busy", "refused", "silent");
        figures.forEach((provider, its) -> table.row(
                provider,
                its.messages,
                its.callbacks.sum(),
                its.acknowledged.sum(),
                its.refused.sum(),
                its.busy.sum(),
                Math.round(perSecond(its)),
                its.expected(SendStatus.SENT),
                its.expected(SendStatus.DELIVERED),
                its.expected(SendStatus.ERROR),
                its.silent));
        StringBuilder text = new StringBuilder(table.text(screen));
        text.append(String.format(
                Locale.ROOT,
                "%nSeed %d, %.1f s. Refused are the forged ones; busy are answers with 503, after which a callback was sent again."
                        + " SENT, DELIVERED and ERROR are what these messages must have become; of silent ones there"
                        + " was no callback. Every id begins with %s.%n",
                seed,
                seconds,
                SimulatedTraffic.MARK));
        if (registered > 0) {
            text.append(registered + " sends are registered in the campaign " + SimulatedSends.CAMPAIGN + ".\n");
        }
        figures.forEach((provider, its) -> problems(provider, its, text));
        return text.toString();
    }

    private static void problems(Provider provider, SimulatedFigures its, StringBuilder text) {
        if (its.forgedAccepted.sum() > 0) {
            text.append(provider + ": " + its.forgedAccepted.sum() + " forged callbacks were accepted\n");
        }
        its.reasons()
                .forEach((reason, count) ->
                        text.append(provider + ": " + count.sum() + " callbacks not acknowledged: " + reason + "\n"));
    }

    ObjectNode document() {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("seed", seed)
                .put("seconds", seconds)
                .put("registered", registered)
                .put("ok", good());
        var providers = report.putArray("providers");
        figures.forEach((provider, its) -> {
            ObjectNode row = providers.addObject();
            row.put("provider", provider.word())
                    .put("messages", its.messages)
                    .put("callbacks", its.callbacks.sum())
                    .put("acknowledged", its.acknowledged.sum())
                    .put("refused", its.refused.sum())
                    .put("busy", its.busy.sum())
                    .put("forged_accepted", its.forgedAccepted.sum())
                    .put("unacknowledged", its.unacknowledged.sum())
                    .put("callbacks_per_second", Math.round(perSecond(its)));
            ObjectNode statuses = row.putObject("expected");
            for (SendStatus status : SendStatus.values()) {
                statuses.put(status.name(), its.expected(status));
            }
            statuses.put("silent", its.silent);
            ObjectNode reasons = row.putObject("problems");
            its.reasons().forEach((reason, count) -> reasons.put(reason, count.sum()));
        });
        return report;
    }

    private double perSecond(SimulatedFigures its) {
        return seconds <= 0 ? 0 : its.acknowledged.sum() / seconds;
    }
}
