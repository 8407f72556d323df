package dev.sendstatus.catalog;

import dev.sendstatus.event.Provider;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The error codes of all providers. Immutable. */
public final class Catalogue {
    /** Codes are digits, shorter ones before longer ones, as people count them. */
    private static final Comparator<CatalogueEntry> BY_CODE = Comparator.comparing(CatalogueEntry::provider)
            .thenComparing(entry -> entry.code().length())
            .thenComparing(CatalogueEntry::code);

    private final List<Provider> providers;
    private final Map<Provider, Map<String, CatalogueEntry>> entries;
    private final Map<Provider, ChargeRules> charges;

    private Catalogue(
            List<Provider> providers,
            Map<Provider, Map<String, CatalogueEntry>> entries,
            Map<Provider, ChargeRules> charges) {
        this.providers = List.copyOf(providers);
        this.entries = entries;
        this.charges = charges;
    }

    /** The entries of these providers that the program itself brings. */
    public static Catalogue of(Collection<Provider> providers) {
        Map<Provider, Map<String, CatalogueEntry>> entries = new HashMap<>();
        Map<Provider, ChargeRules> charges = new HashMap<>();
        for (Provider provider : providers) {
            Map<String, CatalogueEntry> codes = new HashMap<>();
            CatalogueResources.entries(provider).forEach(entry -> codes.put(entry.code(), entry));
            entries.put(provider, codes);
            charges.put(provider, CatalogueResources.charges(provider));
        }
        return new Catalogue(providers.stream().sorted().toList(), entries, charges);
    }

    /** The same with these entries added, or in the place of those that it has. */
    Catalogue with(Collection<CatalogueEntry> others) {
        Map<Provider, Map<String, CatalogueEntry>> all = new HashMap<>();
        entries.forEach((provider, codes) -> all.put(provider, new HashMap<>(codes)));
        for (CatalogueEntry entry : others) {
            all.computeIfAbsent(entry.provider(), provider -> new HashMap<>()).put(entry.code(), entry);
        }
        return new Catalogue(providers, all, charges);
    }

    /** Those whose codes it was made for, by name. */
    public List<Provider> providers() {
        return providers;
    }

    /** By provider and code. */
    public List<CatalogueEntry> entries() {
        return entries.values().stream()
                .flatMap(codes -> codes.values().stream())
                .sorted(BY_CODE)
                .toList();
    }

    public Optional<CatalogueEntry> find(Provider provider, String code) {
        return Optional.ofNullable(entries.getOrDefault(provider, Map.of()).get(code));
    }

    /** To {@link Category#UNKNOWN} belongs every code that the catalogue does not have. */
    public Category category(Provider provider, String code) {
        return find(provider, code).map(CatalogueEntry::category).orElse(Category.UNKNOWN);
    }

    /**
     * The meaning of the code. An unknown one has a meaning too, which says that it is unknown.
     *
     * @param providerStatus the provider's own word that it came with; null for the usual case
     * @param address the recipient's; null if unknown
     */
    public ErrorMeaning meaning(
            Provider provider, String code, @Nullable String providerStatus, @Nullable String address) {
        ChargeRules rules = chargeRules(provider);
        Optional<CatalogueEntry> found = find(provider, code);
        if (found.isEmpty()) {
            return ErrorMeaning.unknown(provider, code, rules.charged(code, providerStatus, address, Charged.UNKNOWN));
        }
        CatalogueEntry entry = found.get();
        Charged charged =
                entry.chargedAlways() ? entry.charged() : rules.charged(code, providerStatus, address, entry.charged());
        return ErrorMeaning.of(entry, charged);
    }

    /** How the provider's status changes whether a code is charged; without a rule for most providers. */
    public ChargeRules chargeRules(Provider provider) {
        return charges.getOrDefault(provider, ChargeRules.NONE);
    }

    /** Whether it is charged, by the provider's status, where that makes a difference; else empty. */
    public Map<String, Charged> chargedByStatus(Provider provider, String code) {
        boolean always = find(provider, code).map(CatalogueEntry::chargedAlways).orElse(false);
        return always ? Map.of() : new LinkedHashMap<>(chargeRules(provider).byStatus(code));
    }
}
