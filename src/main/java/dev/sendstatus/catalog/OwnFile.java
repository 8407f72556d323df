package dev.sendstatus.catalog;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.sendstatus.event.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An operator's own file of codes, laid over the catalogue. Its columns are those of the program's files, with
 * {@code provider} before them; {@code provider} and {@code code} must be there. An empty cell, or a column left out, keeps what
 * the catalogue says of a known code. One thread, one use.
 */
public final class OwnFile {
    private static final List<String> COLUMNS =
            List.of("provider", "code", "title", "meaning", "advice", "category", "charged", "retryable", "source");
    private static final int LONGEST_CODE = 32;

    private final Catalogue before;
    private final List<Mistake> mistakes = new ArrayList<>();
    private final Map<List<String>, Long> lines = new HashMap<>();
    private final Map<List<String>, ErrorMeaning> entries = new LinkedHashMap<>();

    /** A mistake in a line, with how to mend it. @param line from 1 */
    public record Mistake(long line, String remedy) {}

    /** @param catalogue with the file's entries, but for those with mistakes */
    public record Result(Catalogue catalogue, List<Mistake> mistakes) {}

    private OwnFile(Catalogue before) {
        this.before = before;
    }

    /** @param text the whole file */
    public static Result read(Catalogue before, String text) {
        OwnFile file = new OwnFile(before);
        file.read(text);
        return new Result(before.with(file.entries.values()), List.copyOf(file.mistakes));
    }

    private void read(String text) {
        long line = 0;
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder()
                .detectBomHeader(false)
                .allowExtraCharsAfterClosingQuote(false)
                .allowUnclosedQuote(false)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofNamedCsvRecord(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
            for (NamedCsvRecord row : csv) {
                if (line == 0 && !header(row.getHeader())) {
                    return;
                }
                line = row.getStartingLineNumber();
                row(line, row);
            }
        } catch (CsvParseException e) {
            mistakes.add(new Mistake(
                    line + 1,
                    "is no CSV from here on: look for a double quote that is not closed, or goes on after it"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (line == 0 && mistakes.isEmpty()) {
            mistakes.add(new Mistake(
                    1,
                    "holds no codes: begin with the line " + String.join(",", COLUMNS)
                            + ", then a line for each code"));
        }
    }

    private boolean header(List<String> header) {
        int before = mistakes.size();
        for (String needed : List.of("provider", "code")) {
            if (!header.contains(needed)) {
                mistakes.add(new Mistake(1, "the header lacks the column " + needed + ": add it"));
            }
        }
        for (String column : header) {
            if (!COLUMNS.contains(column)) {
                mistakes.add(new Mistake(
                        1, "no column is called \"" + column + "\": they are " + String.join(", ", COLUMNS)));
            }
        }
        if (header.stream().distinct().count() < header.size()) {
            mistakes.add(new Mistake(1, "a column stands twice in the header: keep one"));
        }
        return mistakes.size() == before;
    }

    private void row(long line, NamedCsvRecord row) {
        int before = mistakes.size();
        if (row.getFieldCount() > row.getHeader().size()) {
            mistakes.add(new Mistake(
                    line, "has more cells than the header has columns: put what holds a comma in double quotes"));
        }
        String word = cell(row, "provider");
        String code = cell(row, "code");
        Optional<Provider> provider = this.before.providers().stream()
                .filter(known -> known.word().equals(word))
                .findFirst();
        if (provider.isEmpty()) {
            mistakes.add(new Mistake(
                    line,
                    "no provider is called \"" + word + "\": they are "
                            + this.before.providers().stream()
                                    .map(Provider::word)
                                    .collect(Collectors.joining(", "))));
        }
        if (code.isEmpty() || code.length() > LONGEST_CODE) {
            mistakes.add(new Mistake(
                    line, "code must have 1 to " + LONGEST_CODE + " characters: write the provider's code"));
        }
        Category category = category(line, cell(row, "category"));
        Charged charged = charged(line, cell(row, "charged"));
        String retryable = cell(row, "retryable");
        if (!List.of("", "yes", "no").contains(retryable)) {
            mistakes.add(new Mistake(line, "retryable is yes, no or empty, not \"" + retryable + "\""));
        }
        Long earlier = lines.putIfAbsent(List.of(word, code), line);
        if (earlier != null) {
            mistakes.add(new Mistake(line, "this code stands in line " + earlier + " too: keep one"));
        }
        Optional<ErrorMeaning> known = provider.flatMap(one -> this.before.find(one, code));
        if (known.isEmpty() && cell(row, "title").isEmpty()) {
            mistakes.add(new Mistake(line, "a code that the catalogue lacks needs a title: add one"));
        }
        if (provider.isPresent() && mistakes.size() == before) {
            ErrorMeaning base = known.orElseGet(() -> blank(provider.get(), code, cell(row, "title")));
            entries.put(List.of(word, code), laidOver(base, row, category, charged, retryable));
        }
    }

    private static ErrorMeaning blank(Provider provider, String code, String title) {
        return new ErrorMeaning(
                provider,
                code,
                true,
                title,
                title,
                Category.UNKNOWN.advice(),
                false,
                Category.UNKNOWN,
                Charged.UNKNOWN,
                false,
                Category.UNKNOWN.retryable(),
                "the operator's own file");
    }

    private static ErrorMeaning laidOver(
            ErrorMeaning base, NamedCsvRecord row, Category given, Charged charged, String retryable) {
        Category category = cell(row, "category").isEmpty() ? base.category() : given;
        String advice = cell(row, "advice");
        boolean otherCategory = category != base.category();
        String fallback = otherCategory && !base.ownAdvice() ? category.advice() : base.advice();
        boolean fallbackRetryable = otherCategory ? category.retryable() : base.retryable();
        boolean chargedGiven = !cell(row, "charged").isEmpty();
        return new ErrorMeaning(
                base.provider(),
                base.code(),
                true,
                or(cell(row, "title"), base.title()),
                or(cell(row, "meaning"), base.meaning()),
                or(advice, fallback),
                !advice.isEmpty() || base.ownAdvice(),
                category,
                chargedGiven ? charged : base.charged(),
                chargedGiven,
                retryable.isEmpty() ? fallbackRetryable : retryable.equals("yes"),
                or(cell(row, "source"), "the operator's own file"));
    }

    private Category category(long line, String word) {
        Optional<Category> category = Category.of(word);
        if (category.isEmpty() && !word.isEmpty()) {
            mistakes.add(new Mistake(
                    line,
                    "no category is called \"" + word + "\": they are "
                            + Arrays.stream(Category.values())
                                    .map(Category::word)
                                    .collect(Collectors.joining(", "))));
        }
        return category.orElse(Category.UNKNOWN);
    }

    private Charged charged(long line, String word) {
        Optional<Charged> charged = Charged.of(word);
        if (charged.isEmpty() && !word.isEmpty()) {
            mistakes.add(new Mistake(line, "charged is yes, no, unknown or empty, not \"" + word + "\""));
        }
        return charged.orElse(Charged.UNKNOWN);
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    private static String cell(NamedCsvRecord row, String column) {
        return row.findField(column).orElse("").strip();
    }
}
