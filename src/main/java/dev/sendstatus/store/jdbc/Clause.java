package dev.sendstatus.store.jdbc;

import java.util.List;
import java.util.stream.Collectors;

/** A condition with the values of its places. */
record Clause(String sql, List<Object> values) {
    Clause(String sql, Object... values) {
        this(sql, List.of(values));
    }

    static Clause any(List<Clause> clauses) {
        return new Clause(
                clauses.stream().map(Clause::sql).collect(Collectors.joining(" OR ", "(", ")")),
                clauses.stream().flatMap(clause -> clause.values.stream()).toList());
    }
}
