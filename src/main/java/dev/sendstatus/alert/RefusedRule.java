package dev.sendstatus.alert;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.store.AccountActivity;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.Noted;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.AlertQuestions;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.text.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Many requests of an account do not prove that they come from the provider. How many there were is noted each minute. */
record RefusedRule(Reads reads, AlertQuestions questions, Store store) implements Rule {
    /** Noted each time, so that it can be told since when an account without a note had none. */
    private static final String ALL = "";

    @Override
    public List<Finding> findings(Instant now, List<Alert> open) throws StoreException {
        Instant begin = now.minus(Thresholds.REFUSED_WITHIN);
        List<Noted> noted = questions.noted(Noted.What.REFUSED);
        Map<String, Long> before = before(noted, begin);
        List<Noted> notes = new ArrayList<>(List.of(new Noted(ALL, now, 0)));
        List<Finding> findings = new ArrayList<>();
        for (AccountActivity activity : reads.activity()) {
            long total = activity.refused().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            if (total == 0) {
                continue;
            }
            String name = activity.account().toString();
            notes.add(new Noted(name, now, total));
            // With nothing noted at all, all of them may have come at any time.
            long refused = noted.isEmpty() ? 0 : total - before.getOrDefault(name, 0L);
            if (refused >= Thresholds.REFUSED) {
                long atMost = (long) Math.ceil(refused / Thresholds.REFUSED_SHARE);
                long requests = refused + questions.callbacks(activity.account(), begin, atMost);
                if (refused >= Thresholds.REFUSED_SHARE * requests) {
                    findings.add(finding(activity, refused, requests, begin));
                }
            }
        }
        store.alerts().note(Noted.What.REFUSED, notes, begin.minus(Thresholds.REFUSED_WITHIN));
        return findings;
    }

    /** The count of each at the beginning of the time, or at the first note after it. */
    private static Map<String, Long> before(List<Noted> noted, Instant begin) {
        Map<String, Long> before = new HashMap<>();
        Instant first = noted.isEmpty() ? begin : noted.get(0).at();
        for (Noted note : noted) {
            if (!note.at().isAfter(begin) || note.at().equals(first)) {
                before.put(note.name(), note.figure());
            }
        }
        return before;
    }

    private static Finding finding(AccountActivity activity, long refused, long requests, Instant since) {
        AccountName account = activity.account();
        String hint = activity.hint();
        double share = (double) refused / requests;
        return new Finding(
                account.toString(),
                Severity.CRITICAL,
                true,
                since,
                share,
                null,
                requests,
                List.of(),
                "%s: %s of %s requests were refused, since no signature fits: %s.%s"
                        .formatted(
                                account,
                                Figures.number(refused),
                                Figures.number(requests),
                                AlertText.percent(share),
                                hint == null ? "" : " " + sentence(hint)),
                "You: compare the account's key or token with the provider's console, and http.public-url with the URL that the"
                        + " provider has (sendstatus webhooks list). The provider sends refused callbacks again for some time only.");
    }

    private static String sentence(String hint) {
        return hint.endsWith(".") ? hint : hint + ".";
    }
}
