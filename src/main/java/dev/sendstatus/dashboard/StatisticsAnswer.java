package dev.sendstatus.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.api.Api;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.query.Statistics;
import dev.sendstatus.query.StatisticsDocument;
import dev.sendstatus.query.StatisticsQuestion;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.text.Figures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of a time.
 *
 * @param document as {@code GET /v1/stats} answers
 * @param more the same with what only the pages show
 */
record StatisticsAnswer(JsonNode document, JsonNode more) {

    /** Those of the API, as they were written; null where nothing was. */
    record Asked(
            @Nullable String since,
            @Nullable String until,
            @Nullable String by) {

        StatisticsQuestion question(Api api, Instant now) throws WrongParameter {
            return StatisticsQuestion.of(since, until, by, api.document(), now);
        }
    }

    static StatisticsAnswer of(StatisticsQuestion question, Reads reads) throws StoreException, WrongParameter {
        Statistics statistics = Statistics.of(question, reads);
        ObjectNode document = StatisticsDocument.of(statistics);
        return new StatisticsAnswer(document, StatisticsDocument.forPages(document, statistics));
    }

    /** In groups. */
    int size() {
        return 1 + document.path("groups").size();
    }

    /** The group of an account; missing where no message of it was heard of. */
    JsonNode of(AccountName account) {
        for (JsonNode group : more.path("groups")) {
            if (group.path("account").asText().equals(account.name())
                    && group.path("provider").asText().equals(account.provider().word())) {
                return group;
            }
        }
        return MissingNode.getInstance();
    }

    /** {@code 98.2 %}; a dash where there is none. */
    static String rate(JsonNode rate) {
        return rate.isNumber() ? Figures.percent(rate.decimalValue()) : "–";
    }

    /** {@code 1.2 s}; a dash where there is none. */
    static String latency(JsonNode millis) {
        return millis.isNumber() ? Figures.latency(millis.longValue()) : "–";
    }

    /** {@code 1.25 USD, 3 EUR}; a dash where none is known. */
    static String cost(JsonNode cost) {
        List<String> texts = new ArrayList<>();
        cost.forEach(one -> texts.add(new BigDecimal(one.path("amount").asText())
                        .setScale(4, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString()
                + " " + one.path("currency").asText()));
        return texts.isEmpty() ? "–" : String.join(", ", texts);
    }
}
