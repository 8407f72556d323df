package dev.sendstatus.provider;

import dev.sendstatus.event.AccountName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A provider's adapter with the accounts that are configured for it.
 *
 * @param accounts may be empty: then nothing of this provider is taken
 * @param remedy the settings that a missing account needs, for the caller of the URL
 */
public record ConfiguredProvider<K>(ProviderAdapter<K> adapter, List<Account<K>> accounts, String remedy) {

    public ConfiguredProvider {
        accounts = List.copyOf(accounts);
    }

    /** Whether there is an account of that name, or any at all if it is null. */
    public boolean has(@Nullable String account) {
        return !candidates(account).isEmpty();
    }

    /** Proves which account sent a request. @param account the one that the path names; null for any. {@link #has} is true. */
    public Authentication authenticate(CallbackRequest request, @Nullable String account) {
        return adapter.authenticate(request, candidates(account));
    }

    /**
     * A change that would have made a refused request fit, in words for the operator that hold no secret; null if that cannot be told.
     * Costs many hashes: for refusals only, and not for each of them.
     */
    public @Nullable String hint(CallbackRequest request, @Nullable String account) {
        List<Account<K>> verifying = accounts.stream().filter(Account::verify).toList();
        if (account != null && verifying.size() > 1) {
            Authentication any = adapter.authenticate(request, verifying);
            if (any instanceof Authentication.Accepted accepted
                    && !accepted.account().name().equals(account)) {
                return "it is signed as account " + accepted.account()
                        + " would be: at the provider, give what belongs to" + " that account the URL of that account";
            }
        }
        return verifying.isEmpty() ? null : adapter.hint(request, verifying);
    }

    /** The look-ups of the accounts whose settings allow them. @param api how an account's provider is asked */
    public List<MessageLookup> lookups(Function<AccountName, ApiSettings> api) {
        List<MessageLookup> lookups = new ArrayList<>();
        for (Account<K> account : accounts) {
            MessageLookup lookup = adapter.lookup(account, api.apply(account.name()));
            if (lookup != null) {
                lookups.add(lookup);
            }
        }
        return lookups;
    }

    private List<Account<K>> candidates(@Nullable String account) {
        if (account == null) {
            return accounts;
        }
        for (Account<K> candidate : accounts) {
            if (candidate.name().name().equals(account)) {
                return List.of(candidate);
            }
        }
        return List.of();
    }
}
