package dev.sendstatus.dashboard;

import dev.sendstatus.text.Figures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table; on a narrow screen each row becomes a card.
 *
 * @param id of the element, by which a chart finds it
 * @param caption names the list for people who do not see it
 * @param rows each has a cell for each column
 */
public record Grid(String id, String caption, List<Column> columns, List<List<Cell>> rows) {
    private static final int LONGEST = 80;
    private static final int SHORT = 20;

    /**
     * A column.
     *
     * @param number whether its cells are numbers, which stand to the right
     * @param sorted {@code ascending} or {@code descending} where the rows are in its order; else null
     * @param href sorts by it; null if nothing does
     */
    public record Column(
            String title,
            boolean number,
            @Nullable String sorted,
            @Nullable String href) {

        static Column text(String title) {
            return new Column(title, false, null, null);
        }

        static Column number(String title) {
            return new Column(title, true, null, null);
        }

        /** One in whose order the rows always are. */
        static Column newestFirst(String title) {
            return new Column(title, false, "descending", null);
        }
    }

    /**
     * The contents of a row under a column.
     *
     * @param full the whole text where only its beginning is shown; else null
     * @param href where it leads; null for nowhere
     * @param number for a chart; null if it is none
     * @param button null if there is none
     */
    public record Cell(
            String text,
            @Nullable String full,
            @Nullable String href,
            @Nullable String number,
            @Nullable Moment moment,
            List<Badge> badges,
            @Nullable Button button) {

        /** The class of the element: a short text is not broken over lines. */
        public @Nullable String style(Column column) {
            return column.number() ? "number" : text.length() <= SHORT ? "short" : null;
        }

        /** A text of any length: a long one is cut. */
        static Cell text(@Nullable String text) {
            return link(text, null);
        }

        static Cell link(@Nullable String text, @Nullable String href) {
            String whole = text == null ? "" : text;
            boolean isLong = whole.length() > LONGEST;
            return new Cell(
                    cut(whole),
                    isLong ? whole.substring(0, Math.min(whole.length(), 1_000)) : null,
                    href,
                    null,
                    null,
                    List.of(),
                    null);
        }

        static Cell number(long number, @Nullable String href) {
            return new Cell(Figures.number(number), null, href, Long.toString(number), null, List.of(), null);
        }

        /** A number in words of its own, a rate or a duration. @param number for a chart; null if it is not known */
        static Cell measure(String text, @Nullable String number) {
            return new Cell(text, null, null, number, null, List.of(), null);
        }

        static Cell moment(@Nullable Moment moment) {
            return new Cell(moment == null ? "–" : "", null, null, null, moment, List.of(), null);
        }

        static Cell badges(List<Badge> badges) {
            return new Cell("", null, null, null, null, badges, null);
        }

        static Cell button(@Nullable Button button) {
            return new Cell("", null, null, null, null, List.of(), button);
        }
    }

    /** The beginning of a text that is too long for a line. */
    public static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "…";
    }
}
