package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.api.Unanswerable;
import dev.sendstatus.event.Provider;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The search box: an id, a number, an error code, or a word that the sending program gave. */
final class Search {
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9][0-9 ()./-]{5,25}|\\+?[0-9]{2,14}\\*");
    private static final Pattern NOT_DIGITS = Pattern.compile("[^0-9+*]");
    private static final List<String> WORDS = List.of("reference", "campaign", "tag", "link_domain");

    private Search() {}

    /** The page that answers the typed text. */
    static String where(Api api, Visit visit) throws StoreException, WrongParameter, Unanswerable {
        String typed = visit.query("q");
        String text = typed == null ? "" : typed.strip();
        if (text.isEmpty()) {
            return MessagesPage.PATH;
        }
        List<StoredMessage> messages = api.reads().messages(text);
        if (!messages.isEmpty()) {
            return messages.size() == 1
                    ? MessageWords.href(messages.get(0).state().message())
                    : MessagesPage.PATH + "/" + Place.encoded(text);
        }
        // A code first: some have as many digits as a short number.
        List<Provider> owners = owners(api, text);
        if (owners.size() > 1) {
            throw new NotFound(
                    409,
                    "Several providers have this error code. It is one of these.",
                    owners.stream()
                            .map(provider -> Way.to(provider + " " + text, ErrorPage.href(provider, text)))
                            .toList());
        }
        if (!owners.isEmpty()) {
            return ErrorPage.href(owners.get(0), text);
        }
        if (NUMBER.matcher(text).matches()) {
            return list("to", NOT_DIGITS.matcher(text).replaceAll(""));
        }
        for (String word : WORDS) {
            if (anyBy(api, visit, word, text)) {
                return list(word, text);
            }
        }
        return list("reference", text);
    }

    private static String list(String filter, String value) {
        return Place.of(MessagesPage.PATH).with(filter, value).url();
    }

    /** The providers that have the code, by the catalogue or by the events that came. */
    private static List<Provider> owners(Api api, String code) throws StoreException {
        Set<Provider> owners = new TreeSet<>();
        api.document().catalogue().providers().stream()
                .filter(provider ->
                        api.document().catalogue().find(provider, code).isPresent())
                .forEach(owners::add);
        api.reads().errorCodes().stream()
                .filter(seen -> seen.code().equals(code))
                .forEach(seen -> owners.add(seen.provider()));
        return List.copyOf(owners);
    }

    private static boolean anyBy(Api api, Visit visit, String filter, String text)
            throws StoreException, WrongParameter {
        return !api.reads()
                .page(api.listParameters().filter(Map.of(filter, List.of(text)), Set.of(), visit.now()), null, 1)
                .messages()
                .isEmpty();
    }
}
