package dev.sendstatus.docs;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.catalog.Category;
import dev.sendstatus.catalog.ErrorMeaning;
import dev.sendstatus.event.Provider;
import dev.sendstatus.provider.ProviderAdapter;
import java.util.List;

/** Writes docs/errors.md from the catalogue. */
final class ErrorsDocument {
    private final StringBuilder text = new StringBuilder();

    private ErrorsDocument() {}

    static String write() {
        return new ErrorsDocument().document();
    }

    private String document() {
        Catalogue catalogue = Catalogue.of(
                Adapters.all().stream().map(ProviderAdapter::provider).toList());
        line("# Error codes");
        line("");
        line(
                "Generated from the catalogue, `error-codes.csv` beside each provider's classes; after a change there run");
        line("`" + ErrorsDocumentTest.COMMAND + "`. The files also name the source of each code.");
        line("");
        line(
                "**Retryable** says whether the same message may get through later with nothing changed. **Charged** is the");
        line(
                "usual case. Where Twilio's status says more, it counts: `undelivered` is charged (WhatsApp is not), `failed` costs");
        line(
                "a small fee but for the codes that Twilio lists (`charges.csv` beside Twilio's classes). Where a code's charge is");
        line("unknown and the callback of a message to one recipient carried a cost, the cost decides.");
        line("");
        line("A code that is not here is shown as unknown and counted: `GET /v1/error-codes?known=false`,");
        line(
                "`scripts/sendstatus errors --unknown`. Your own file, `errors.file` (`SENDSTATUS_ERRORS_FILE`), adds and overrides");
        line(
                "codes: CSV with the columns provider, code, title, meaning, advice, category, charged, retryable, source, of which");
        line("provider and code are needed; an empty cell keeps what the catalogue says.");
        line("");
        line("## Categories");
        line("");
        row("category", "advice, where the code has none of its own", "retryable");
        row("---", "---", "---");
        for (Category category : Category.values()) {
            row("`" + category.word() + "`", category.advice(), yesOrNo(category.retryable()));
        }
        for (Provider provider : catalogue.providers()) {
            provider(
                    provider,
                    catalogue.entries().stream()
                            .filter(entry -> entry.provider().equals(provider))
                            .toList());
        }
        return text.toString();
    }

    private void provider(Provider provider, List<ErrorMeaning> entries) {
        line("");
        line("## " + provider.word().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + provider.word().substring(1));
        line("");
        row("code", "title", "meaning", "advice", "category", "charged", "retryable");
        row("---", "---", "---", "---", "---", "---", "---");
        for (ErrorMeaning entry : entries) {
            row(
                    entry.code(),
                    entry.title(),
                    entry.meaning(),
                    entry.ownAdvice() ? entry.advice() : "see the category",
                    "`" + entry.category().word() + "`",
                    entry.charged().word(),
                    yesOrNo(entry.retryable()));
        }
    }

    private static String yesOrNo(boolean value) {
        return value ? "yes" : "no";
    }

    private void row(String... cells) {
        StringBuilder row = new StringBuilder("|");
        for (String cell : cells) {
            row.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        line(row.toString());
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
