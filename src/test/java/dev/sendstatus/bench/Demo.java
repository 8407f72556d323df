package dev.sendstatus.bench;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.ProviderAdapter;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A provider with an account to play with. */
record Demo<K>(ProviderAdapter<K> adapter, Map<String, String> settings) {
    static final String PUBLIC_URL = "https://status.example.com";

    static List<Demo<?>> all() {
        return Adapters.all().stream().<Demo<?>>map(Demo::of).toList();
    }

    /** The one whose callbacks are the cheapest to make and to prove. */
    static Demo<?> twilio(List<Demo<?>> demos) {
        return demos.stream()
                .filter(demo -> demo.word().equals("twilio"))
                .findFirst()
                .orElseThrow();
    }

    private static <K> Demo<K> of(ProviderAdapter<K> adapter) {
        return new Demo<>(adapter, adapter.simulator().demoSettings(new Random(7)));
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

    ConfiguredProvider<K> configured() throws InvalidAccount {
        return new ConfiguredProvider<>(adapter, List.of(new Account<>(account(), true, adapter.keys(settings))), "");
    }
}
