package dev.sendstatus.catalog;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.sendstatus.event.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files that come with the program, beside each provider's classes: {@code error-codes.csv}, and {@code charges.csv} where
 * the status matters. They were checked when the program was built, so a mistake in one is the program's.
 */
final class CatalogueResources {
    private CatalogueResources() {}

    /** Empty for a provider that brings no file. */
    static List<ErrorMeaning> entries(Provider provider) {
        List<ErrorMeaning> entries = new ArrayList<>();
        for (NamedCsvRecord row : rows(provider, "error-codes.csv")) {
            String advice = row.getField("advice");
            Category category = Category.of(row.getField("category")).orElseThrow();
            String retryable = row.getField("retryable");
            entries.add(new ErrorMeaning(
                    provider,
                    row.getField("code"),
                    true,
                    row.getField("title"),
                    row.getField("meaning"),
                    advice.isEmpty() ? category.advice() : advice,
                    !advice.isEmpty(),
                    category,
                    Charged.of(row.getField("charged")).orElseThrow(),
                    false,
                    retryable.isEmpty() ? category.retryable() : retryable.equals("yes"),
                    row.getField("source")));
        }
        return entries;
    }

    static ChargeRules charges(Provider provider) {
        List<ChargeRules.Rule> rules = new ArrayList<>();
        for (NamedCsvRecord row : rows(provider, "charges.csv")) {
            String codes = row.getField("codes");
            rules.add(new ChargeRules.Rule(
                    row.getField("status"),
                    row.getField("address"),
                    codes.isEmpty() ? Set.of() : Set.of(codes.split(" ", -1)),
                    Charged.of(row.getField("charged")).orElseThrow()));
        }
        return new ChargeRules(rules);
    }

    private static List<NamedCsvRecord> rows(Provider provider, String name) {
        @Nullable
        InputStream file =
                CatalogueResources.class.getResourceAsStream("/dev/sendstatus/provider/" + provider + "/" + name);
        if (file == null) {
            return List.of();
        }
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file, StandardCharsets.UTF_8)) {
            return csv.stream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
