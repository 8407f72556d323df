package dev.sendstatus.bench;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.CallbackSimulator.SignedCallback;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.RawCallback;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A provider with an account to play with. */
record Demo(ProviderAdapter<?> adapter, Map<String, String> settings) {
    static final String PUBLIC_URL = "https://status.example.com";

    static List<Demo> all() {
        return Adapters.all().stream()
                .map(adapter -> new Demo(adapter, adapter.simulator().demoSettings(new Random(7))))
                .toList();
    }

    /** The provider whose callbacks are the cheapest to make and to prove. */
    static Demo twilio() {
        return all().stream()
                .filter(demo -> demo.word().equals("twilio"))
                .findFirst()
                .orElseThrow();
    }

    String word() {
        return adapter.provider().word();
    }

    String path() {
        return "/webhooks/" + word();
    }

    AccountName account() {
        return new AccountName(adapter.provider(), "bench");
    }

    /** What is said of a message, as it is accepted. @param at when it comes */
    AcceptedCallback callback(SimulatedMessage message, Instant at) {
        SignedCallback callback = adapter.simulator().unsigned(message, settings, PUBLIC_URL + path(), at);
        return new AcceptedCallback(
                account(),
                at,
                new RawCallback(
                        callback.method(), callback.query(), callback.headers().get("Content-Type"), callback.body()));
    }
}
