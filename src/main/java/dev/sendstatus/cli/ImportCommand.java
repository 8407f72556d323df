package dev.sendstatus.cli;

import dev.sendstatus.register.Registrar;
import dev.sendstatus.register.RegistrationLocks;
import dev.sendstatus.register.SendImport;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code import FILE}: registers the sends of a file, beside a running server or without one. */
@Command(
        name = "import",
        description = {
            "Registers the sends of a file, so that a message of which no callback ever comes is found all the same.",
            "Works beside a running server. What is registered already stays as it is, so a run that was cut short is"
                    + " simply run again. Rows that cannot be registered are listed with their line and stop nothing else."
        },
        footerHeading = "%n",
        footer = {
            "Columns of CSV, in any order, named by the first line; keys of JSONL:",
            "  provider, id, to   needed",
            "  account            needed where the provider has several",
            "  from, sent_at, reference, campaign, tags, link_domains, segments",
            "  error_code         of a send that the provider refused outright",
            "In CSV the parts of to, tags and link_domains are separated by semicolons; cells by commas, semicolons, tabs or bars.",
            "Numbers are taken as people write them: +12025550123, +1 (202) 555-0123, tel:+1-202-555-0123.",
            "",
            "Examples:",
            "  sendstatus import sends.csv",
            "  sendstatus import sends.jsonl.gz --json",
            "  psql -c 'COPY (SELECT …) TO STDOUT CSV HEADER' | sendstatus import -",
            "",
            "Exit codes: 0 every row is registered, 1 some could not be, or the file could not be read, 2 wrong usage."
        })
final class ImportCommand extends SendFileCommand {
    @Parameters(
            paramLabel = "FILE",
            description = "CSV or JSONL, in UTF-8 or UTF-16, also packed by gzip. - is the standard input.")
    private String file = "";

    @Override
    public Integer call() throws CommandFailed {
        return pass(
                file,
                Map.of(),
                (reads, store) -> new SendImport(
                        new Registrar(
                                reads,
                                new RegistrationLocks(),
                                commit(store)::store,
                                context().clock()),
                        this::failed));
    }
}
