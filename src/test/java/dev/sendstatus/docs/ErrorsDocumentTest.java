package dev.sendstatus.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ErrorsDocumentTest {
    static final String COMMAND = "scripts/test -Dtest=ErrorsDocumentTest -Derrors.write=true";

    @Test
    void theDocumentOfErrorCodesIsWhatTheCatalogueSays() throws IOException {
        Path file = Path.of("docs/errors.md");
        if (Boolean.getBoolean("errors.write")) {
            Files.writeString(file, ErrorsDocument.write());
        }
        assertThat(file).as("is out of date: run %s", COMMAND).hasContent(ErrorsDocument.write());
    }
}
