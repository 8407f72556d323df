package dev.sendstatus.query;

import dev.sendstatus.catalog.Category;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.event.Written;
import dev.sendstatus.store.MessageFilter;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The filters of lists and exports, from the parameters of a request or the options of a command.
 *
 * @param document knows the providers and categories, how an unconfirmed message counts, and when a message is stuck
 */
public record MessageParameters(MessageDocument document) {

    /** A plus that was not encoded arrives as a blank: before a whole number, or how one begins, nothing but a plus can be meant. */
    private static final Pattern PLUS_AS_A_BLANK = Pattern.compile("^([A-Za-z]+:|) (?=[0-9]{7,15}$|[0-9]+\\*$)");

    /** The names that a filter is made of. */
    public static final List<String> NAMES = List.of(
            "status",
            "provider",
            "account",
            "direction",
            "to",
            "from",
            "carrier",
            "error_code",
            "category",
            "campaign",
            "reference",
            "tag",
            "link_domain",
            "stuck",
            "conflict",
            "unconfirmed",
            "since",
            "until",
            "sent_since",
            "sent_until");

    /**
     * The filter that these parameters make together.
     *
     * @param others names that belong to the request and not to the filter
     * @param accounts the names that {@code account} may have; only looked at with it
     * @throws WrongParameter for an unknown, repeated, empty or impossible one
     */
    public MessageFilter filter(
            Map<String, List<String>> parameters, Set<String> others, Collection<String> accounts, Instant now)
            throws WrongParameter {
        check(parameters, others);
        Instant since = time(parameters, "since", now);
        Instant until = time(parameters, "until", now);
        Instant sentSince = time(parameters, "sent_since", now);
        Instant sentUntil = time(parameters, "sent_until", now);
        if (since != null && until != null && since.isAfter(until)) {
            throw new WrongParameter("since is not after until.");
        }
        if (sentSince != null && sentUntil != null && sentSince.isAfter(sentUntil)) {
            throw new WrongParameter("sent_since is not after sent_until.");
        }
        Boolean stuck = flag(parameters, "stuck");
        String domain = text(parameters, "link_domain");
        return new MessageFilter.Builder()
                .status(
                        ParameterText.oneOf(
                                "status", text(parameters, "status"), List.of(SendStatus.values()), Enum::name),
                        document.unconfirmedStatus())
                .provider(ParameterText.oneOf(
                        "provider",
                        text(parameters, "provider"),
                        document.catalogue().providers(),
                        Provider::word))
                .account(account(parameters, accounts))
                .direction(ParameterText.oneOf("direction", text(parameters, "direction"), Direction.values()))
                .to(address(parameters, "to"))
                .from(address(parameters, "from"))
                .carrier(text(parameters, "carrier"))
                .errorCode(text(parameters, "error_code"))
                .category(category(parameters))
                .campaign(text(parameters, "campaign"))
                .reference(text(parameters, "reference"))
                .tag(text(parameters, "tag"))
                .linkDomain(domain == null ? null : domain.toLowerCase(Locale.ROOT))
                .stuck(stuck == null ? null : new MessageFilter.Stuck(stuck, now, document.limits()))
                .conflict(flag(parameters, "conflict"))
                .unconfirmed(flag(parameters, "unconfirmed"))
                .between(since, until)
                .sentBetween(sentSince, sentUntil)
                .build();
    }

    private static void check(Map<String, List<String>> parameters, Set<String> others) throws WrongParameter {
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            String name = parameter.getKey();
            if (!NAMES.contains(name) && !others.contains(name)) {
                throw new WrongParameter("No parameter is called so: " + name + ". There are "
                        + String.join(", ", NAMES)
                        + (others.isEmpty() ? "." : ", " + String.join(", ", new TreeSet<>(others)) + "."));
            }
            if (parameter.getValue().size() != 1) {
                throw new WrongParameter(name + " is given once, not several times.");
            }
            if (Written.stripped(parameter.getValue().get(0)).isEmpty()) {
                throw new WrongParameter(name + " is empty: give it a value, or leave it out.");
            }
        }
    }

    private static @Nullable String text(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : Written.stripped(values.get(0));
    }

    private static @Nullable String account(Map<String, List<String>> parameters, Collection<String> accounts)
            throws WrongParameter {
        String text = text(parameters, "account");
        if (text != null && !accounts.contains(text)) {
            throw new WrongParameter(
                    accounts.isEmpty()
                            ? "account is the name of an account; there is none yet."
                            : "account is one of " + String.join(", ", new TreeSet<>(accounts)) + ".");
        }
        return text;
    }

    private @Nullable BiPredicate<Provider, String> category(Map<String, List<String>> parameters)
            throws WrongParameter {
        Category category = ParameterText.oneOf(
                "category", text(parameters, "category"), List.of(Category.values()), Category::word);
        return category == null
                ? null
                : (provider, code) -> document.catalogue().category(provider, code) == category;
    }

    private static @Nullable String address(Map<String, List<String>> parameters, String name) throws WrongParameter {
        String text = parameters.containsKey(name) ? parameters.get(name).get(0) : null;
        if (text == null) {
            return null;
        }
        String written = PLUS_AS_A_BLANK.matcher(text).replaceFirst("$1+").strip();
        boolean prefix = written.endsWith("*");
        if (written.equals("*")) {
            throw new WrongParameter(
                    name + " is a number, a short code, a name or an address, or how one begins and a *: +1202*.");
        }
        try {
            String address = Written.address(prefix ? written.substring(0, written.length() - 1) : written);
            return prefix ? address + "*" : address;
        } catch (Written.Unusable e) {
            throw new WrongParameter(name + " " + e.getMessage() + ".");
        }
    }

    private static @Nullable Boolean flag(Map<String, List<String>> parameters, String name) throws WrongParameter {
        return ParameterText.flag(name, text(parameters, name));
    }

    private static @Nullable Instant time(Map<String, List<String>> parameters, String name, Instant now)
            throws WrongParameter {
        String text = text(parameters, name);
        return text == null ? null : Times.moment(name, text, now);
    }
}
