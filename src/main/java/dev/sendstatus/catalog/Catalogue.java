package dev.sendstatus.catalog;

import dev.sendstatus.event.Provider;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The error codes of all providers. Immutable. */
public final class Catalogue {
    private final List<Provider> providers;
    private final Map<Provider, Map<String, ErrorMeaning>> entries;
    private final Map<Provider, ChargeRules> charges;

    private Catalogue(
            List<Provider> providers,
            Map<Provider, Map<String, ErrorMeaning>> entries,
            Map<Provider, ChargeRules> charges) {
        this.providers = List.copyOf(providers);
        this.entries = entries;
        this.charges = charges;
    }

    /** The entries of these providers that the program itself brings. */
    public static Catalogue of(Collection<Provider> providers) {
        Map<Provider, Map<String, ErrorMeaning>> entries = new HashMap<>();
        Map<Provider, ChargeRules> charges = new HashMap<>();
        for (Provider provider : providers) {
            Map<String, ErrorMeaning> codes = new HashMap<>();
            CatalogueResources.entries(provider).forEach(entry -> codes.put(entry.code(), entry));
            entries.put(provider, codes);
            charges.put(provider, CatalogueResources.charges(provider));
        }
        return new Catalogue(providers.stream().sorted().toList(), entries, charges);
    }

    /** The same with these entries added, or in the place of those that it has. */
    Catalogue with(Collection<ErrorMeaning> others) {
        Map<Provider, Map<String, ErrorMeaning>> all = new HashMap<>();
        entries.forEach((provider, codes) -> all.put(provider, new HashMap<>(codes)));
        for (ErrorMeaning entry : others) {
            all.computeIfAbsent(entry.provider(), provider -> new HashMap<>()).put(entry.code(), entry);
        }
        return new Catalogue(providers, all, charges);
    }

    /** Those whose codes it was made for, by name. */
    public List<Provider> providers() {
        return providers;
    }

    /** By provider and code. */
    public List<ErrorMeaning> entries() {
        return entries.values().stream()
                .flatMap(codes -> codes.values().stream())
                .sorted(ErrorMeaning.BY_CODE)
                .toList();
    }

    public Optional<ErrorMeaning> find(Provider provider, String code) {
        return Optional.ofNullable(entries.getOrDefault(provider, Map.of()).get(code));
    }

    /** To {@link Category#UNKNOWN} belongs every code that the catalogue does not have. */
    public Category category(Provider provider, String code) {
        return find(provider, code).map(ErrorMeaning::category).orElse(Category.UNKNOWN);
    }

    /**
     * The meaning of the code. An unknown one has a meaning too, which says that it is unknown.
     *
     * @param providerStatus the provider's own word that it came with; null for the usual case
     * @param address the recipient's; null if unknown
     */
    public ErrorMeaning meaning(
            Provider provider, String code, @Nullable String providerStatus, @Nullable String address) {
        ErrorMeaning usual = find(provider, code).orElseGet(() -> ErrorMeaning.unknown(provider, code));
        return usual.chargedAlways()
                ? usual
                : usual.charged(chargeRules(provider).charged(code, providerStatus, address, usual.charged()));
    }

    /** How the provider's status changes whether a code is charged; without a rule for most providers. */
    public ChargeRules chargeRules(Provider provider) {
        return charges.getOrDefault(provider, ChargeRules.NONE);
    }

    /** Whether it is charged, by the provider's status, where that makes a difference; else empty. */
    public Map<String, Charged> chargedByStatus(Provider provider, String code) {
        boolean always = find(provider, code).map(ErrorMeaning::chargedAlways).orElse(false);
        return always ? Map.of() : new LinkedHashMap<>(chargeRules(provider).byStatus(code));
    }
}
