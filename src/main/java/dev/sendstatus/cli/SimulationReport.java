package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.text.Table;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The result of a run of {@code simulate}.
 *
 * @param seconds how long it took
 * @param registered how many sends the server has registered
 */
record SimulationReport(
        long seed, double seconds, long registered, Expected expected, Map<Provider, AnswerCounts> tallies) {

    boolean good() {
        return tallies.values().stream().allMatch(AnswerCounts::good);
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
        tallies.forEach((provider, tally) -> table.row(
                provider,
                expected.messages(provider),
                tally.callbacks.sum(),
                tally.acknowledged.sum(),
                tally.refused.sum(),
                tally.busy.sum(),
                Math.round(perSecond(tally)),
                expected.count(provider, SendStatus.SENT),
                expected.count(provider, SendStatus.DELIVERED),
                expected.count(provider, SendStatus.ERROR),
                expected.silent(provider)));
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
            text.append(registered)
                    .append(" sends are registered in the campaign ")
                    .append(SimulatedSends.CAMPAIGN)
                    .append(".\n");
        }
        tallies.forEach((provider, tally) -> problems(provider, tally, text));
        return text.toString();
    }

    private static void problems(Provider provider, AnswerCounts tally, StringBuilder text) {
        if (tally.forgedAccepted.sum() > 0) {
            text.append(provider)
                    .append(": ")
                    .append(tally.forgedAccepted.sum())
                    .append(" forged callbacks were accepted\n");
        }
        for (Map.Entry<String, LongAdder> reason : tally.reasons().entrySet()) {
            text.append(provider)
                    .append(": ")
                    .append(reason.getValue().sum())
                    .append(" callbacks not acknowledged: ")
                    .append(reason.getKey())
                    .append('\n');
        }
    }

    String json() {
        ObjectNode report = new ObjectMapper().createObjectNode();
        report.put("seed", seed)
                .put("seconds", seconds)
                .put("registered", registered)
                .put("ok", good());
        var providers = report.putArray("providers");
        tallies.forEach((provider, tally) -> {
            ObjectNode row = providers.addObject();
            row.put("provider", provider.word())
                    .put("messages", expected.messages(provider))
                    .put("callbacks", tally.callbacks.sum())
                    .put("acknowledged", tally.acknowledged.sum())
                    .put("refused", tally.refused.sum())
                    .put("busy", tally.busy.sum())
                    .put("forged_accepted", tally.forgedAccepted.sum())
                    .put("unacknowledged", tally.unacknowledged.sum())
                    .put("callbacks_per_second", Math.round(perSecond(tally)));
            ObjectNode statuses = row.putObject("expected");
            for (SendStatus status : SendStatus.values()) {
                statuses.put(status.name(), expected.count(provider, status));
            }
            statuses.put("silent", expected.silent(provider));
            ObjectNode reasons = row.putObject("problems");
            tally.reasons().forEach((reason, count) -> reasons.put(reason, count.sum()));
        });
        return report.toPrettyString();
    }

    private double perSecond(AnswerCounts tally) {
        return seconds <= 0 ? 0 : tally.acknowledged.sum() / seconds;
    }
}
