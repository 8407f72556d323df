package dev.sendstatus.store.jdbc;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A piece of a statement with the values of its places. */
record Clause(String sql, List<Object> values) {
    Clause(String sql, Object... values) {
        this(sql, List.of(values));
    }

    /** This one and then that one. */
    Clause then(Clause next) {
        return new Clause(
                sql + next.sql,
                Stream.concat(values.stream(), next.values.stream()).toList());
    }

    Clause then(String next, Object... its) {
        return then(new Clause(next, its));
    }

    /** That one of these conditions holds. */
    static Clause any(List<Clause> conditions) {
        return joined(conditions, "(", " OR ", ")");
    }

    static Clause joined(List<Clause> clauses, String before, String between, String after) {
        return new Clause(
                clauses.stream().map(Clause::sql).collect(Collectors.joining(between, before, after)),
                clauses.stream().flatMap(clause -> clause.values.stream()).toList());
    }

    /** The values as {@link Session} binds them. */
    Object[] places() {
        return values.toArray();
    }
}
