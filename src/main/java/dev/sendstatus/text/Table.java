package dev.sendstatus.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Rows with their columns aligned, made to fit the screen: cells wrap at blanks, columns that may be missing are left out, and on
 * a narrow screen each field gets a line of its own. Words and numbers are never cut. For one thread.
 */
public final class Table {
    /** Stands in a cell that has nothing to say. */
    public static final String NONE = "-";

    private static final String GAP = "  ";
    private static final String RESET = "\u001b[0m";
    /** Below that many columns a table that does not fit has one field a line. */
    private static final int NARROW = 80;
    /** A column of text is not made narrower, where it is wider by itself. */
    private static final int READABLE = 16;

    private final List<String> heading;
    private final IntPredicate right;
    private final List<List<Cell>> rows = new ArrayList<>();
    private List<String> optional = List.of();
    private int widest = Integer.MAX_VALUE;

    /** @param columns how many there are; 0 where nobody watches, and lines may be of any length */
    public record Screen(int columns, boolean colours) {
        public static final Screen NONE = new Screen(0, false);

        public String painted(Mark mark, String text) {
            return colours ? mark.code + text + RESET : text;
        }

        private boolean holds(int width) {
            return columns <= 0 || width <= columns;
        }
    }

    /** The weight of a cell, by which a person sees the worst first. */
    public enum Mark {
        ALARM("\u001b[31m"),
        WARNING("\u001b[33m");

        private final String code;

        Mark(String code) {
            this.code = code;
        }
    }

    private record Cell(String text, @Nullable Mark mark) {}

    private Table(IntPredicate right, String... heading) {
        this.heading = List.of(heading);
        this.right = right;
    }

    /** The first column stands to the left, the others, which are numbers, to the right. */
    public static Table figures(String... heading) {
        return new Table(column -> column > 0, heading);
    }

    /** All columns stand to the left. */
    public static Table texts(String... heading) {
        return new Table(column -> false, heading);
    }

    /**
     * Each column stands where it is said.
     *
     * @param right which stand to the right, by their place from 0 on
     */
    public static Table columns(List<String> heading, IntPredicate right) {
        return new Table(right, heading.toArray(String[]::new));
    }

    /** Names and a text for each, without a heading. */
    public static Table facts() {
        return new Table(column -> false);
    }

    /** Columns that may be left out on a small screen, the first one first. The text says so where it leaves one out. */
    public Table optional(String... names) {
        optional = List.of(names);
        return this;
    }

    /** A longer cell does not widen its column: where lines may be of any length, it sticks out. */
    public Table widest(int width) {
        widest = width;
        return this;
    }

    /** A cell to be seen first on a screen with colours. */
    public static Object marked(Mark mark, String text) {
        return new Cell(clean(text), mark);
    }

    public List<String> heading() {
        return heading;
    }

    /** @param cells as many as there are columns; null is shown as {@link #NONE}, a time to the second */
    public Table row(@Nullable Object... cells) {
        rows.add(cells(cells));
        return this;
    }

    private static List<Cell> cells(@Nullable Object... cells) {
        return Arrays.stream(cells).map(Table::cell).toList();
    }

    private static Cell cell(@Nullable Object cell) {
        if (cell instanceof Cell made) {
            return made;
        }
        if (cell instanceof Instant time) {
            return new Cell(Figures.time(time), null);
        }
        return new Cell(cell == null ? NONE : clean(cell.toString()), null);
    }

    /** Control characters become dots: ids and names come from outside, and a terminal obeys what it is sent. */
    public static String clean(String text) {
        if (text.codePoints().noneMatch(Table::controls)) {
            return text;
        }
        StringBuilder clean = new StringBuilder();
        text.codePoints().map(c -> controls(c) ? '.' : c).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean controls(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    }

    /** Makes lines of rows that come later, as wide as those so far: for answers that no memory need hold. */
    public Function<Object[], String> more() {
        List<List<Cell>> lines = new ArrayList<>(rows);
        lines.add(cells(heading.toArray()));
        int[] widths = widths(lines, false);
        return row -> aligned(List.of(cells(row)), widths, Screen.NONE);
    }

    /** Each line ends with a line end; empty without a row and a heading. */
    public String text(Screen screen) {
        List<List<Cell>> lines = new ArrayList<>();
        if (!heading.isEmpty()) {
            lines.add(cells(heading.toArray()));
        }
        lines.addAll(rows);
        if (lines.isEmpty()) {
            return "";
        }
        int[] widths = widths(lines, false);
        if (screen.holds(width(widths))) {
            return aligned(lines, widths, screen);
        }
        if (heading.isEmpty()) {
            widths[1] = Math.max(READABLE, screen.columns() - widths[0] - GAP.length());
            return aligned(lines, widths, screen);
        }
        return screen.columns() < NARROW ? fields(screen) : fitted(lines, screen);
    }

    private String fitted(List<List<Cell>> lines, Screen screen) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < heading.size(); i++) {
            kept.add(i);
        }
        List<String> leaving = optional.stream()
                .sorted(Comparator.comparing(name -> !isEmpty(heading.indexOf(name))))
                .toList();
        List<String> missing = new ArrayList<>();
        while (!screen.holds(width(widths(chosen(lines, kept), true))) && missing.size() < leaving.size()) {
            String next = leaving.get(missing.size());
            missing.add(next);
            kept.remove(Integer.valueOf(heading.indexOf(next)));
        }
        List<List<Cell>> rest = chosen(lines, kept);
        int[] least = widths(rest, true);
        if (!screen.holds(width(least))) {
            return fields(screen);
        }
        int[] widths = widths(rest, false);
        while (!screen.holds(width(widths))) {
            widths[widest(widths, least)]--;
        }
        String note = missing.isEmpty() ? "" : "(no room for: " + String.join(", ", missing) + ")\n";
        return aligned(rest, widths, screen) + note;
    }

    /** Those columns leave first that say nothing. */
    private boolean isEmpty(int column) {
        return rows.stream().allMatch(row -> row.get(column).text().equals(NONE));
    }

    private static List<List<Cell>> chosen(List<List<Cell>> lines, List<Integer> columns) {
        return lines.stream()
                .map(line -> columns.stream().map(line::get).toList())
                .toList();
    }

    /** The widest of those that can still be made narrower. */
    private static int widest(int[] widths, int[] least) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }

    /** @param least as narrow as may be, else as wide as the cells are */
    private int[] widths(List<List<Cell>> lines, boolean least) {
        int[] widths = new int[lines.get(0).size()];
        for (List<Cell> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                String text = line.get(i).text();
                int width = least ? least(text) : text.length();
                widths[i] = width > widest ? widths[i] : Math.max(widths[i], width);
            }
        }
        return widths;
    }

    private static int least(String text) {
        int longest =
                Arrays.stream(text.split(" ")).mapToInt(String::length).max().orElse(0);
        return Math.max(longest, Math.min(text.length(), READABLE));
    }

    private static int width(int[] widths) {
        return Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
    }

    private String aligned(List<List<Cell>> lines, int[] widths, Screen screen) {
        StringBuilder text = new StringBuilder();
        for (List<Cell> line : lines) {
            List<List<String>> parts = new ArrayList<>();
            int height = 0;
            for (int i = 0; i < widths.length; i++) {
                String cell = line.get(i).text();
                parts.add(screen.columns() > 0 ? wrapped(cell, widths[i]) : List.of(cell));
                height = Math.max(height, parts.get(i).size());
            }
            for (int at = 0; at < height; at++) {
                StringBuilder out = new StringBuilder();
                for (int i = 0; i < widths.length; i++) {
                    String part = at < parts.get(i).size() ? parts.get(i).get(at) : "";
                    out.append(i == 0 ? "" : GAP)
                            .append(padded(
                                    part, widths[i], right.test(i), line.get(i).mark(), screen));
                }
                text.append(out.toString().stripTrailing()).append('\n');
            }
        }
        return text.toString();
    }

    private static String padded(String part, int width, boolean right, @Nullable Mark mark, Screen screen) {
        String space = " ".repeat(Math.max(0, width - part.length()));
        String shown = mark == null || part.isEmpty() ? part : screen.painted(mark, part);
        return right ? space + shown : shown + space;
    }

    /** At blanks; a word that is longer than the width stays whole. */
    private static List<String> wrapped(String text, int width) {
        if (text.length() <= width) {
            return List.of(text);
        }
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private String fields(Screen screen) {
        StringBuilder text = new StringBuilder();
        for (List<Cell> row : rows) {
            Table facts = facts();
            for (int i = 0; i < row.size(); i++) {
                facts.row(heading.get(i), row.get(i));
            }
            text.append(text.isEmpty() ? "" : "\n").append(facts.text(screen));
        }
        return text.toString();
    }
}
