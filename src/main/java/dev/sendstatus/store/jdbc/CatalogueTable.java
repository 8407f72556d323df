package dev.sendstatus.store.jdbc;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.catalog.ChargeRules;
import dev.sendstatus.catalog.ErrorMeaning;
import dev.sendstatus.event.Provider;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The catalogue of error codes as rows, so that the views can say what a code means. */
final class CatalogueTable {
    private static final String SELECT_CODES = """
            SELECT provider, code, title, category, charged, CASE WHEN charged_always THEN 'true' ELSE 'false' END
            FROM error_code""";
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

    /** Makes the rows those of the catalogue. */
    static void keep(Session session, Catalogue catalogue) throws SQLException {
        keep(session, SELECT_CODES, DELETE_CODES, UPSERT_CODE, codes(catalogue));
        keep(session, SELECT_RULES, DELETE_RULES, UPSERT_RULE, rules(catalogue));
    }

    /** Writes only if there is a difference: a start must also succeed while the disk is full. */
    private static void keep(
            Session session, String select, String delete, String upsert, List<List<@Nullable Object>> rows)
            throws SQLException {
        Set<List<String>> texts = new HashSet<>();
        rows.forEach(row -> texts.add(row.stream().map(String::valueOf).toList()));
        if (!texts.equals(Set.copyOf(session.list(select, CatalogueTable::texts)))) {
            session.update(delete);
            session.batch(upsert, rows, List::toArray);
        }
    }

    private static List<String> texts(ResultSet row) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            texts.add(String.valueOf(row.getString(column)));
        }
        return texts;
    }

    private static List<List<@Nullable Object>> codes(Catalogue catalogue) {
        List<List<@Nullable Object>> codes = new ArrayList<>();
        for (ErrorMeaning entry : catalogue.entries()) {
            codes.add(Arrays.asList(
                    entry.provider().word(),
                    entry.code(),
                    entry.title(),
                    entry.category().word(),
                    Rows.word(entry.charged()),
                    entry.chargedAlways()));
        }
        return codes;
    }

    /** A rule of several codes is a row for each. */
    private static List<List<@Nullable Object>> rules(Catalogue catalogue) {
        List<List<@Nullable Object>> rules = new ArrayList<>();
        for (Provider provider : catalogue.providers()) {
            int place = 0;
            for (ChargeRules.Rule rule : catalogue.chargeRules(provider).rules()) {
                List<@Nullable String> codes = new ArrayList<>(rule.codes());
                codes.sort(null);
                if (codes.isEmpty()) {
                    codes.add(null);
                }
                for (String code : codes) {
                    rules.add(Arrays.asList(
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
