package dev.sendstatus.provider.rest;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.LookupAnswer;
import dev.sendstatus.provider.LookupTerms;
import dev.sendstatus.provider.MessageLookup;
import java.time.InstantSource;
import okhttp3.HttpUrl;

/** A look-up by GET. A subclass says which URL is asked, and what a body says. */
public abstract class RestLookup implements MessageLookup {
    protected final RestClient http;
    protected final InstantSource clock;
    private final AccountName account;
    private final LookupTerms terms;

    protected RestLookup(AccountName account, LookupTerms terms, ApiSettings api) {
        this.account = account;
        this.terms = terms;
        this.http = new RestClient(api.timeout());
        this.clock = api.clock();
    }

    @Override
    public final AccountName account() {
        return account;
    }

    @Override
    public final LookupTerms terms() {
        return terms;
    }

    protected final LookupAnswer ask(HttpUrl url, ApiCredentials credentials, LookupReading.Body body) {
        return LookupReading.of(http.get(url, credentials), clock.instant(), body);
    }
}
