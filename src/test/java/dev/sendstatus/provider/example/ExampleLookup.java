package dev.sendstatus.provider.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.LookupAnswer;
import dev.sendstatus.provider.LookupAnswer.Found;
import dev.sendstatus.provider.LookupTerms;
import dev.sendstatus.provider.LookupWindow;
import dev.sendstatus.provider.Statements;
import dev.sendstatus.provider.rest.ApiCredentials;
import dev.sendstatus.provider.rest.RestLookup;
import java.time.Duration;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Example's messages, by id and as the list of a time; read only. */
final class ExampleLookup extends RestLookup {
    private static final int PAGE_SIZE = 100;
    /** Messages are found for 30 days; the provider allows two calls at a time. */
    private static final LookupTerms TERMS = new LookupTerms(PAGE_SIZE, Duration.ofDays(30), Duration.ofDays(30), 2);

    private final ApiSettings api;

    ExampleLookup(AccountName account, ApiCredentials key, ApiSettings api) {
        super(account, TERMS, api, key);
        this.api = api;
    }

    @Override
    public LookupAnswer one(String messageId) {
        return ask(api.url(ExampleAdapter.API, "v1/messages", messageId), ExampleLookup::readOne);
    }

    @Override
    public LookupAnswer list(LookupWindow window, @Nullable String page) {
        HttpUrl url = ApiSettings.with(
                api.url(ExampleAdapter.API, "v1/messages"),
                "from",
                window.from().toString(),
                "to",
                window.to().toString(),
                "direction",
                window.inboundToo() ? null : "outbound",
                "limit",
                Integer.toString(PAGE_SIZE),
                "page",
                page);
        return ask(url, ExampleLookup::readPage);
    }

    private static LookupAnswer readOne(JsonNode body, Duration pause) {
        Statements into = new Statements();
        ExampleCallback.add(body, into);
        return new Found(into.events(), into.doubts(), pause);
    }

    private static @Nullable LookupAnswer readPage(JsonNode body, Duration pause) {
        long total = body.path("total").asLong(Found.TOTAL_UNKNOWN);
        return page(body.path("messages"), ExampleCallback::add, JsonFields.text(body, "next"), total, pause);
    }
}
