package dev.sendstatus.dashboard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The columns of a table that has a row for each of some things. A column is its title and the contents of its cell for a thing. */
final class Columns<T> {
    private final List<T> things;
    private final Instant now;
    private final List<Grid.Column> columns = new ArrayList<>();
    /** A row for each of the things. */
    private final List<List<Grid.Cell>> rows = new ArrayList<>();

    /** Makes the cell of a thing. */
    @FunctionalInterface
    interface Contents<T, E extends Exception> {
        Grid.Cell of(T thing) throws E;
    }

    /** @param now from which the ages of times are told */
    Columns(Collection<T> things, Instant now) {
        this.things = List.copyOf(things);
        this.now = now;
        things.forEach(thing -> rows.add(new ArrayList<>()));
    }

    <E extends Exception> Columns<T> add(Grid.Column column, Contents<T, E> contents) throws E {
        columns.add(column);
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).add(contents.of(things.get(i)));
        }
        return this;
    }

    Columns<T> text(String title, Function<T, @Nullable String> text) {
        return add(Grid.Column.text(title), thing -> Grid.Cell.text(text.apply(thing)));
    }

    /** @param href null for a thing that leads nowhere */
    Columns<T> link(String title, Function<T, @Nullable String> text, Function<T, @Nullable String> href) {
        return add(Grid.Column.text(title), thing -> Grid.Cell.link(text.apply(thing), href.apply(thing)));
    }

    Columns<T> number(String title, ToLongFunction<T> number) {
        return add(Grid.Column.number(title), thing -> Grid.Cell.number(number.applyAsLong(thing), null));
    }

    /** A figure that is written already. */
    Columns<T> figure(String title, Function<T, String> figure) {
        return add(Grid.Column.number(title), thing -> Grid.Cell.text(figure.apply(thing)));
    }

    Columns<T> moment(String title, Function<T, @Nullable Instant> time) {
        return moment(Grid.Column.text(title), time);
    }

    Columns<T> moment(Grid.Column column, Function<T, @Nullable Instant> time) {
        return add(column, thing -> Grid.Cell.moment(Moment.orNull(time.apply(thing), now)));
    }

    Columns<T> badges(String title, Function<T, List<Badge>> badges) {
        return add(Grid.Column.text(title), thing -> Grid.Cell.badges(badges.apply(thing)));
    }

    /** @param button null for a thing that has none */
    Columns<T> button(String title, Function<T, @Nullable Button> button) {
        return add(Grid.Column.text(title), thing -> Grid.Cell.button(button.apply(thing)));
    }

    Grid grid(String id, String caption) {
        return new Grid(id, caption, columns, rows);
    }
}
