package dev.sendstatus.store.jdbc;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.catalog.ChargeRules;
import dev.sendstatus.catalog.Charged;
import dev.sendstatus.event.Provider;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The catalogue of error codes as rows, so that the views can say what a code means. */
final class CatalogueTable {
    private static final Word<Charged> CHARGED = new Word<>(Charged.class);
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
        if (!storedCodes(session).equals(Set.copyOf(codes))) {
            session.prepared(DELETE_CODES).executeUpdate();
            insertCodes(session, codes);
        }
        List<Rule> rules = rules(catalogue);
        if (!storedRules(session).equals(Set.copyOf(rules))) {
            session.prepared(DELETE_RULES).executeUpdate();
            insertRules(session, rules);
        }
    }

    private static List<Code> codes(Catalogue catalogue) {
        return catalogue.entries().stream()
                .map(entry -> new Code(
                        entry.provider().word(),
                        entry.code(),
                        entry.title(),
                        entry.category().word(),
                        CHARGED.of(entry.charged()),
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
                            CHARGED.of(rule.charged())));
                }
            }
        }
        return rules;
    }

    private static Set<Code> storedCodes(Session session) throws SQLException {
        Set<Code> stored = new HashSet<>();
        try (ResultSet row = session.prepared(SELECT_CODES).executeQuery()) {
            while (row.next()) {
                stored.add(new Code(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getBoolean(6)));
            }
        }
        return stored;
    }

    private static void insertCodes(Session session, List<Code> codes) throws SQLException {
        PreparedStatement upsert = session.prepared(UPSERT_CODE);
        for (Code code : codes) {
            upsert.setString(1, code.provider());
            upsert.setString(2, code.code());
            upsert.setString(3, code.title());
            upsert.setString(4, code.category());
            upsert.setString(5, code.charged());
            upsert.setBoolean(6, code.chargedAlways());
            upsert.addBatch();
        }
        upsert.executeBatch();
    }

    private static Set<Rule> storedRules(Session session) throws SQLException {
        Set<Rule> stored = new HashSet<>();
        try (ResultSet row = session.prepared(SELECT_RULES).executeQuery()) {
            while (row.next()) {
                stored.add(new Rule(
                        row.getString(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)));
            }
        }
        return stored;
    }

    private static void insertRules(Session session, List<Rule> rules) throws SQLException {
        PreparedStatement upsert = session.prepared(UPSERT_RULE);
        for (Rule rule : rules) {
            upsert.setString(1, rule.provider());
            upsert.setInt(2, rule.place());
            upsert.setString(3, rule.status());
            upsert.setString(4, rule.addressPrefix());
            upsert.setString(5, rule.code());
            upsert.setString(6, rule.charged());
            upsert.addBatch();
        }
        upsert.executeBatch();
    }
}
