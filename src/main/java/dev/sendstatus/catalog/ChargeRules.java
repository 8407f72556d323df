package dev.sendstatus.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the provider's status changes whether a code is charged: the first rule that fits counts. Most providers have none;
 * Twilio bills {@code undelivered} and takes a fee for {@code failed} (docs/providers/twilio.md).
 */
public record ChargeRules(List<Rule> rules) {
    static final ChargeRules NONE = new ChargeRules(List.of());

    /**
     * @param status the provider's own word
     * @param addressPrefix the beginning of the recipient's address; empty for any
     * @param codes empty for every code
     */
    public record Rule(String status, String addressPrefix, Set<String> codes, Charged charged) {
        boolean fits(String code, String providerStatus, @Nullable String address) {
            return status.equals(providerStatus)
                    && (addressPrefix.isEmpty() || address != null && address.startsWith(addressPrefix))
                    && (codes.isEmpty() || codes.contains(code));
        }
    }

    /** @param otherwise counts where no rule fits */
    Charged charged(String code, @Nullable String status, @Nullable String address, Charged otherwise) {
        if (status != null) {
            for (Rule rule : rules) {
                if (rule.fits(code, status, address)) {
                    return rule.charged();
                }
            }
        }
        return otherwise;
    }

    /** By status, for a recipient whose address is a plain number. */
    Map<String, Charged> byStatus(String code) {
        Map<String, Charged> charged = new LinkedHashMap<>();
        for (Rule rule : rules) {
            if (rule.fits(code, rule.status(), null)) {
                charged.putIfAbsent(rule.status(), rule.charged());
            }
        }
        return charged;
    }
}
