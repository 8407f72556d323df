package dev.sendstatus.cli;

import dev.sendstatus.config.AccountConfiguration;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.CallbackSimulator;
import dev.sendstatus.provider.CallbackSimulator.Outcome;
import dev.sendstatus.provider.CallbackSimulator.SignedCallback;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import dev.sendstatus.provider.ProviderAdapter;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One configured account, played by us. It signs with the account's own secrets, or, when it forges, with others that look
 * the same.
 */
final class CallbackSender {
    private final AccountName account;
    private final SimulatedFigures figures;
    private final CallbackSimulator simulator;
    private final Map<String, String> settings;
    private final Map<String, String> forger;
    private final String publicUrl;

    /**
     * @param publicUrl of the server, as configured; the provider signs over it
     * @param figures of all accounts of the provider
     */
    CallbackSender(
            ProviderAdapter<?> adapter,
            AccountConfiguration account,
            String publicUrl,
            RandomGenerator random,
            SimulatedFigures figures) {
        this.account = account.name();
        this.figures = figures;
        this.simulator = adapter.simulator();
        this.settings = account.values();
        this.forger = forger(adapter, account, random);
        this.publicUrl = publicUrl + path();
    }

    /** Knows all that is no secret: the account's id, its public key. */
    private static Map<String, String> forger(
            ProviderAdapter<?> adapter, AccountConfiguration account, RandomGenerator random) {
        Map<String, String> forger = new HashMap<>(adapter.simulator().demoSettings(random));
        for (AccountSetting setting : adapter.settings()) {
            String own = account.values().get(setting.key());
            if (own != null && !setting.secret()) {
                forger.put(setting.key(), own);
            }
        }
        return forger;
    }

    AccountName account() {
        return account;
    }

    SimulatedFigures figures() {
        return figures;
    }

    CallbackSimulator simulator() {
        return simulator;
    }

    /** The path of the URL that the provider was given for this account. */
    String path() {
        return "/webhooks/" + account.provider() + "/" + account.name();
    }

    SignedCallback callback(SimulatedMessage message, boolean forged, Instant now) {
        return simulator.callback(message, forged ? forger : settings, publicUrl, now);
    }

    /**
     * The reason why it cannot sign, and settings with which it could; null if it can. A Telnyx account without a simulation key
     * cannot: its private key is Telnyx's.
     */
    @Nullable
    String obstacle(RandomGenerator random, Instant now) {
        SimulatedMessage message = new SimulatedMessage(
                simulator.newMessageId(random, now),
                "+15550000001",
                "+15550000002",
                Outcome.DELIVERED,
                null,
                now,
                now,
                "");
        try {
            callback(message, false, now);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage() + settingsToPlayWith();
        }
    }

    private String settingsToPlayWith() {
        String word = account.provider().word();
        StringBuilder text = new StringBuilder(
                "\n    Made for this, to be set for the server and for this command, never for a real account:");
        new TreeMap<>(simulator.demoSettings(new SecureRandom()))
                .forEach((key, value) -> text.append("\n      export ")
                        .append(AccountSetting.variable(word, key))
                        .append('=')
                        .append(value));
        return text.toString();
    }
}
