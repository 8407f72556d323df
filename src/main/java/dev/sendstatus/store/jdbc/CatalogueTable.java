package dev.sendstatus.store.jdbc;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.catalog.ChargeRules;
import dev.sendstatus.event.Provider;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The catalogue of error codes as rows, so that the views can say what a code means. */
final class CatalogueTable {
    private static final String SELECT_CODES =
            "SELECT provider, code, title, category, charged, charged_always FROM error_code";
    private static final String DELETE_CODES = "DELETE FROM error_code";
    // Another node that starts at the same moment may have inserted them after the deletion.
    private static final String UPSERT_CODE = """
            INSERT INTO error_code (provider, code, title, category, charged, charged_always) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (provider, code) DO UPDATE
            SET title = excluded.title, category = excluded.category, charged = excluded.charged,
                charged_always = excluded.charged_always""";
    private static final String SELECT_RULES =
            "SELECT provider, place, provider_status, address_prefix, code, charged FROM charge_rule";
    private static final String DELETE_RULES = "DELETE FROM charge_rule";
    private static final String UPSERT_RULE = """
            INSERT INTO charge_rule (provider, place, provider_status, address_prefix, code, charged) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (provider, place) DO UPDATE
            SET provider_status = excluded.provider_status, address_prefix = excluded.address_prefix, code = excluded.code,
                charged = excluded.charged""";

    private CatalogueTable() {}

    private record Code(
            String provider, String code, String title, String category, String charged, boolean chargedAlways) {}

    private record Rule(
            String provider,
            int place,
            String status,
            String addressPrefix,
            @Nullable String code,
            String charged) {}

    /** Makes the rows those of the catalogue, if they are not. */
    static void keep(Session session, Catalogue catalogue) throws SQLException {
        List<Code> codes = codes(catalogue);
        List<Code> storedCodes = session.list(
                SELECT_CODES,
                row -> new Code(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getBoolean(6)));
        if (!Set.copyOf(storedCodes).equals(Set.copyOf(codes))) {
            session.update(DELETE_CODES);
            session.batch(UPSERT_CODE, codes, code -> new Object[] {
                code.provider(), code.code(), code.title(), code.category(), code.charged(), code.chargedAlways()
            });
        }
        List<Rule> rules = rules(catalogue);
        List<Rule> storedRules = session.list(
                SELECT_RULES,
                row -> new Rule(
                        row.getString(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)));
        if (!Set.copyOf(storedRules).equals(Set.copyOf(rules))) {
            session.update(DELETE_RULES);
            session.batch(UPSERT_RULE, rules, rule -> new Object[] {
                rule.provider(), rule.place(), rule.status(), rule.addressPrefix(), rule.code(), rule.charged()
            });
        }
    }

    private static List<Code> codes(Catalogue catalogue) {
        return catalogue.entries().stream()
                .map(entry -> new Code(
                        entry.provider().word(),
                        entry.code(),
                        entry.title(),
                        entry.category().word(),
                        Rows.word(entry.charged()),
                        entry.chargedAlways()))
                .toList();
    }

    /** A rule of several codes is a row for each. */
    private static List<Rule> rules(Catalogue catalogue) {
        List<Rule> rules = new ArrayList<>();
        for (Provider provider : catalogue.providers()) {
            int place = 0;
            for (ChargeRules.Rule rule : catalogue.chargeRules(provider).rules()) {
                List<@Nullable String> codes = new ArrayList<>(rule.codes());
                codes.sort(null);
                if (codes.isEmpty()) {
                    codes.add(null);
                }
                for (String code : codes) {
                    rules.add(new Rule(
                            provider.word(),
                            ++place,
                            rule.status(),
                            rule.addressPrefix(),
                            code,
                            Rows.word(rule.charged())));
                }
            }
        }
        return rules;
    }
}
