package dev.sendstatus.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sendstatus.api.Api;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.query.Statistics;
import dev.sendstatus.query.StatisticsDocument;
import dev.sendstatus.query.StatisticsQuestion;
import dev.sendstatus.query.TooManyGroups;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.StatisticsDimension;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.text.Figures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/**
 * The figures of the overview that take more than a moment to count.
 *
 * @param stuck how many are stuck, counted to one more than the page tells
 * @param accounts the statistics of the last hour
 */
record OverviewFigures(int stuck, JsonNode accounts) {
    private static final Duration RATED = Duration.ofHours(1);
    private static final int MOST_COUNTED = 501;

    static OverviewFigures find(Api api, Instant now) throws StoreException {
        MessageFilter stuck = new MessageFilter.Builder()
                .stuck(new MessageFilter.Stuck(true, now, api.limits()))
                .build();
        StatisticsQuestion question = new StatisticsQuestion(
                now.minus(RATED), now, StatisticsDimension.ACCOUNT, api.document(), api.limits(), now);
        JsonNode accounts;
        try {
            accounts = StatisticsDocument.of(Statistics.of(question, api.reads()));
        } catch (TooManyGroups e) {
            accounts = MissingNode.getInstance();
        }
        return new OverviewFigures(
                api.reads().page(stuck, null, MOST_COUNTED).messages().size(), accounts);
    }

    /** Missing where nothing was sent. */
    JsonNode lastHour(AccountName account) {
        for (JsonNode group : accounts.path("groups")) {
            if (group.path("account").asText().equals(account.name())
                    && group.path("provider").asText().equals(account.provider().word())) {
                return group;
            }
        }
        return MissingNode.getInstance();
    }

    /** {@code 98.2 %}. */
    static String rate(JsonNode rate) {
        return rate.isNumber() ? percent(rate.decimalValue()) : "–";
    }

    private static String percent(BigDecimal share) {
        return share.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN).toPlainString() + " %";
    }

    static String latency(JsonNode millis) {
        return millis.isNumber() ? Figures.latency(millis.longValue()) : "–";
    }
}
