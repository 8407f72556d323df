package dev.sendstatus.register;

import dev.sendstatus.event.Written;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of CSV, read on after a malformed one: at the line after the one on which that began. Libraries end there, and one quote
 * that is not closed makes a single cell of the rest of the file. A comma, a semicolon, a tab or a bar stands between the cells:
 * the one that the first line has most of. One thread.
 */
final class CsvRows {
    private static final String SEPARATORS = ",;\t|";
    /** By such a line before the first one a spreadsheet names the separator of the cells. */
    private static final String SEPARATOR_LINE = "sep=";

    private final Reader in;
    private final char separator;
    /** Lines that a cell seemed to go on to, and which are to be read once more by themselves. */
    private final Deque<String> again = new ArrayDeque<>();

    private long line;
    private boolean ended;

    CsvRows(Reader in) throws IOException {
        this.in = new BufferedReader(in);
        String first = line();
        while (first != null && (Written.stripped(first).isEmpty() || first.startsWith(SEPARATOR_LINE))) {
            first = line();
        }
        this.separator = separator(first == null ? "" : first);
        if (first != null) {
            again.addFirst(first);
            line--;
        }
    }

    private static char separator(String first) {
        char best = SEPARATORS.charAt(0);
        for (char candidate : SEPARATORS.toCharArray()) {
            best = count(first, candidate) > count(first, best) ? candidate : best;
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    /**
     * A row.
     *
     * @param line on which it begins, from 1
     * @param cells empty if it is malformed
     * @param problem why it is malformed, and the remedy; null if it is not
     */
    record Row(long line, List<String> cells, @Nullable String problem) {
        Row {
            cells = List.copyOf(cells);
        }
    }

    /** A quoted cell is followed by something else than the next cell. */
    private static final class MoreAfterQuote extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private @Nullable String line() throws IOException {
        String text = again.isEmpty() ? read() : again.removeFirst();
        line += text == null ? 0 : 1;
        return text;
    }

    /** The next row that is not blank; null at the end. */
    @Nullable
    Row next() throws IOException {
        String text = line();
        while (text != null && Written.stripped(text).isEmpty()) {
            text = line();
        }
        return text == null ? null : row(text);
    }

    private Row row(String first) throws IOException {
        long began = line;
        StringBuilder text = new StringBuilder(first);
        List<String> more = new ArrayList<>();
        String problem = "has a cell whose quote is not closed: close it, or double a quote that belongs to the text";
        try {
            List<String> cells = cells(first);
            while (cells == null && text.length() <= SendReader.MOST_BYTES) {
                String next = line();
                if (next == null) {
                    break;
                }
                more.add(next);
                text.append('\n').append(next);
                cells = next.indexOf('"') < 0 ? null : cells(text.toString());
            }
            if (cells != null && text.length() <= SendReader.MOST_BYTES) {
                return new Row(began, cells, null);
            }
            if (first.length() > SendReader.MOST_BYTES) {
                problem = "is longer than " + SendReader.MOST_BYTES + " characters";
            }
        } catch (MoreAfterQuote e) {
            problem = "has a quoted cell with more text after it: double the quotes that belong to the text, as in"
                    + " \"\"\"Get Out\"\" drive\"";
        }
        line = began;
        for (int i = more.size() - 1; i >= 0; i--) {
            again.addFirst(more.get(i));
        }
        return new Row(began, List.of(), problem);
    }

    /** The cells of a row, without blanks around them; null if the last one goes on on the next line. */
    private @Nullable List<String> cells(String row) throws MoreAfterQuote {
        List<String> cells = new ArrayList<>();
        int at = 0;
        while (true) {
            int start = afterBlanks(row, at);
            if (start < row.length() && row.charAt(start) == '"') {
                StringBuilder cell = new StringBuilder();
                at = closingQuote(row, start + 1, cell);
                if (at < 0) {
                    return null;
                }
                at = afterBlanks(row, at + 1);
                if (at < row.length() && row.charAt(at) != separator) {
                    throw new MoreAfterQuote();
                }
                cells.add(Written.stripped(cell.toString()));
            } else {
                int end = row.indexOf(separator, at);
                end = end < 0 ? row.length() : end;
                cells.add(Written.stripped(row.substring(at, end)));
                at = end;
            }
            if (at == row.length()) {
                return cells;
            }
            at++;
        }
    }

    private int afterBlanks(String row, int from) {
        int at = from;
        while (at < row.length()
                && row.charAt(at) != separator
                && Written.stripped(row.substring(at, at + 1)).isEmpty()) {
            at++;
        }
        return at;
    }

    /** Adds the quote's text to the cell. @return the index of its end; -1 if it does not end here */
    private static int closingQuote(String row, int from, StringBuilder cell) {
        int start = from;
        while (true) {
            int quote = row.indexOf('"', start);
            if (quote < 0) {
                return -1;
            }
            cell.append(row, start, quote);
            if (quote + 1 == row.length() || row.charAt(quote + 1) != '"') {
                return quote;
            }
            cell.append('"');
            start = quote + 2;
        }
    }

    /** A line up to its end, which is any of the three that there are; of a line that is too long no more than tells it so. */
    private @Nullable String read() throws IOException {
        if (ended) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        while (true) {
            int c = in.read();
            if (c < 0) {
                ended = true;
                return text.isEmpty() ? null : text.toString();
            }
            if (c == '\n' || c == '\r') {
                skipNewlineAfter(c);
                return text.toString();
            }
            if (text.length() <= SendReader.MOST_BYTES) {
                text.append((char) c);
            }
        }
    }

    private void skipNewlineAfter(int end) throws IOException {
        if (end == '\r') {
            in.mark(1);
            if (in.read() != '\n') {
                in.reset();
            }
        }
    }
}
