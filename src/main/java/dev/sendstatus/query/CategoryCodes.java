package dev.sendstatus.query;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.catalog.CatalogueEntry;
import dev.sendstatus.catalog.Category;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.CodeGroup;
import java.util.Set;
import java.util.stream.Collectors;

/** The error codes of a category. To {@link Category#UNKNOWN} belongs every code that the catalogue does not have. */
record CategoryCodes(Catalogue catalogue, Category category) implements CodeGroup {

    @Override
    public boolean includes(Provider provider, String code) {
        return catalogue.find(provider, code).map(CatalogueEntry::category).orElse(Category.UNKNOWN) == category;
    }

    @Override
    public Set<String> texts() {
        return category == Category.UNKNOWN
                ? Set.of()
                : catalogue.entries().stream()
                        .filter(entry -> entry.category() == category)
                        .map(CatalogueEntry::code)
                        .collect(Collectors.toSet());
    }
}
